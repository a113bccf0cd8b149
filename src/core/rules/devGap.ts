// The dev-gap controller: the kind whose measure lags furthest behind a run of that kind alone gets more batches.
import type { Rule } from "./rule.ts";
import { softmax } from "./shares.ts";

const RATE = 5;

/**
 * p_k ~ prior_k exp(eta (B_k - M_k) / B_k), eta = 5: M is the present dev value of the kind's own `measure` (kindFacts.ts), B
 * what a run of that kind alone reached. After Jean et al. 2019, whose adaptive schedule goes by the score relative to a
 * single-task baseline. No memory: the gap itself decides.
 */
export const devGap: Rule<null> = {
  init: () => null,
  next(state, { dev }, { kinds, start, rate, reference }) {
    const shares = softmax(kinds, (kind) => {
      const gap = (reference[kind] - (dev[kind] ?? reference[kind])) / reference[kind];
      return Math.log(start[kind]) + (rate || RATE) * gap;
    });
    return [shares, state];
  },
};
