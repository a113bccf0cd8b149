// tDRO: the kinds whose loss is large in proportion to that of a reference run grow.
import type { KindWeights } from "../spec/spec.ts";
import { followLosses, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, logsOf, softmax } from "./shares.ts";

interface TdroState {
  readonly logs: KindWeights; // log a
  readonly levels: Levels;
}

const RATE = 0.25;

/**
 * log a_k += eta L_k / R_k, p = softmax(log a), eta = 0.25 (Ma et al. 2024, 2408.10613: relative instead of excess losses,
 * since kinds differ in how large a loss can be). L is the EMA with 0.1 of each new loss, R the reference run's.
 */
export const tdro: Rule<TdroState> = {
  init: ({ kinds, start }) => ({ logs: logsOf(kinds, start), levels: {} }),
  next(state, observed, { kinds, rate, reference }) {
    const levels = followLosses(state.levels, observed);
    const raised = byKind(
      kinds,
      (kind) =>
        state.logs[kind] + ((rate || RATE) * (levels[kind]?.now ?? reference[kind])) / reference[kind],
    );
    const shares = softmax(kinds, (kind) => raised[kind]);
    return [shares, { logs: logsOf(kinds, shares), levels }];
  },
};
