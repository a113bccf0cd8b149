// Weights by uncertainty: a kind weighs one over its loss, relative to where that began, reached little by little. Not by the
// encoder's optimiser.
import type { KindWeights } from "../spec/spec.ts";
import { fallen, followLosses, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, softmax } from "./shares.ts";

interface UncertaintyState {
  readonly s: KindWeights; // log variance
  readonly levels: Levels;
}

const RATE = 0.05;

/**
 * s_k by gradient descent on L_k / (2 e^s) + s / 2, one step after each batch of the kind: s_k -= eta (1 - L_k e^(-s_k)) / 2,
 * eta = 0.05; the weight is e^(-s_k), scaled (Kendall et al. 2018, who learn s with the network). L is the EMA relative to the
 * kind's own start, so all begin alike.
 */
export const uncertainty: Rule<UncertaintyState> = {
  init: ({ kinds }) => ({ s: byKind(kinds, () => 0), levels: {} }),
  next(state, observed, { kinds, rate }) {
    const levels = followLosses(state.levels, observed);
    const s = byKind(kinds, (kind) => {
      const level = fallen(levels, kind);
      const steps = observed.losses[kind]?.length ?? 0;
      let own = state.s[kind];
      for (let i = 0; i < steps; i++) own -= ((rate || RATE) * (1 - level * Math.exp(-own))) / 2;
      return own;
    });
    return [softmax(kinds, (kind) => -s[kind]), { s, levels }];
  },
};
