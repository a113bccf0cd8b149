// Skill-it: the kinds that help where the loss is still high grow, by a table of what helps what.
import type { KindWeights } from "../spec/spec.ts";
import { followLosses, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, logsOf, softmax } from "./shares.ts";

interface SkillItState {
  readonly logs: KindWeights; // log p
  readonly levels: Levels;
}

const RATE = 0.2;

/**
 * p_i ~ p_i exp(eta sum_j A_ij L_j), eta = 0.2 (Chen et al. 2023, 2307.14430). A_ij = what training on kind i does for the loss of
 * kind j; L the EMA of each kind's loss, 0 of a kind that has had no batch.
 */
export const skillIt: Rule<SkillItState> = {
  init: ({ kinds, start }) => ({ logs: logsOf(kinds, start), levels: {} }),
  next(state, observed, { kinds, rate, transfer }) {
    const levels = followLosses(state.levels, observed);
    const helps = byKind(kinds, (i) =>
      kinds.reduce((sum, j) => sum + transfer[i][j] * (levels[j]?.now ?? 0), 0),
    );
    const shares = softmax(kinds, (kind) => state.logs[kind] + (rate || RATE) * helps[kind]);
    return [shares, { logs: logsOf(kinds, shares), levels }];
  },
};
