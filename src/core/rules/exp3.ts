// A bandit on learning progress: the kind whose loss has just fallen the most is drawn more often.
import type { BatchKind } from "../spec/batchKind.ts";
import type { KindWeights } from "../spec/spec.ts";
import { followLosses, mean, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, logsOf, softmax } from "./shares.ts";

interface Exp3State {
  readonly w: KindWeights;
  readonly levels: Levels;
  readonly drops: readonly number[]; // the last ones of all kinds
}

const RATE = 0.01;
const MOST_DROPS = 100;

/**
 * p = softmax(w), above the floor; after n batches of kind k: w_k += eta n r / p_k, eta = 0.01. The drop of a kind is
 * (its EMA before - the mean of its new losses) / its first loss; r is the drop scaled so that the 20th and the 80th percentile of
 * the last 100 drops are -1 and 1, and cut there. (Graves et al. 2017, Exp3.S with prediction gain; Auer et al. 2002.)
 * w starts at log of the mix.
 */
export const exp3: Rule<Exp3State> = {
  init: ({ kinds, start }) => ({ w: logsOf(kinds, start), levels: {}, drops: [] }),
  next({ w, levels, drops }, observed, { kinds, rate }) {
    const own = new Map<BatchKind, number>();
    for (const kind of kinds) {
      const level = levels[kind];
      const seen = observed.losses[kind] ?? [];
      if (level && seen.length > 0) own.set(kind, (level.now - mean(seen)) / level.first);
    }
    const all = [...drops, ...own.values()].slice(-MOST_DROPS);
    const moved = byKind(kinds, (kind) => {
      const drop = own.get(kind);
      if (drop === undefined) return w[kind];
      const n = observed.losses[kind]!.length;
      return w[kind] + ((rate || RATE) * n * scaledDrop(drop, all)) / observed.share[kind];
    });
    const shares = softmax(kinds, (kind) => moved[kind]);
    return [shares, { w: moved, levels: followLosses(levels, observed), drops: all }];
  },
};

/** -1 at the 20th percentile of all, 1 at the 80th; 0 while they are one. */
function scaledDrop(drop: number, all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.round(q * (sorted.length - 1))]!;
  const [low, high] = [at(0.2), at(0.8)];
  return high > low ? Math.min(1, Math.max(-1, (2 * (drop - low)) / (high - low) - 1)) : 0;
}
