// Dynamic weight average: the kinds whose loss falls more slowly weigh more.
import type { BatchKind } from "../spec/batchKind.ts";
import { mean } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { softmax } from "./shares.ts";

/** Mean losses of the last two windows that had a batch of the kind, older first. */
type DwaState = Readonly<Partial<Record<BatchKind, readonly number[]>>>;

const TEMPERATURE = 2;

/** w_k = K softmax((L_k(t - 1) / L_k(t - 2)) / T), T = 2 (Liu et al. 2019); the ratio is 1 until there are two windows. */
export const dwa: Rule<DwaState> = {
  init: () => ({}),
  next(state, { losses }, { kinds, temperature }) {
    const next: Partial<Record<BatchKind, readonly number[]>> = { ...state };
    for (const kind of kinds) {
      const seen = losses[kind] ?? [];
      if (seen.length > 0) next[kind] = [...(next[kind] ?? []), mean(seen)].slice(-2);
    }
    const shares = softmax(kinds, (kind) => {
      const [older, newer] = next[kind] ?? [];
      const slope = older !== undefined && newer !== undefined && older > 0 ? newer / older : 1;
      return slope / (temperature || TEMPERATURE);
    });
    return [shares, next];
  },
};
