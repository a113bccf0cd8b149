// DoReMi: the kinds whose loss lies above that of a reference run grow, by how far.
import type { KindWeights } from "../spec/spec.ts";
import { followLosses, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, softmax } from "./shares.ts";

interface DoremiState {
  readonly w: KindWeights;
  readonly levels: Levels;
}

const RATE = 1;
const SMOOTHED = 1e-4;

/**
 * log w_k += eta max(L_k - R_k, 0), eta = 1; w <- (1 - e) softmax + e / K, e = 1e-4 (Xie et al. 2023). L is the EMA of the
 * kind's loss, R the reference run's; a kind without a loss yet stays.
 */
export const doremi: Rule<DoremiState> = {
  init: ({ start }) => ({ w: start, levels: {} }),
  next(state, observed, { kinds, rate, reference }) {
    const levels = followLosses(state.levels, observed);
    const raised = softmax(kinds, (kind) => {
      const excess = Math.max(0, (levels[kind]?.now ?? reference[kind]) - reference[kind]);
      return Math.log(state.w[kind]) + (rate || RATE) * excess;
    });
    const w = byKind(kinds, (kind) => (1 - SMOOTHED) * raised[kind] + SMOOTHED / kinds.length);
    return [w, { w, levels }];
  },
};
