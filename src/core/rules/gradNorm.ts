// GradNorm: weights under which the kinds' gradients are equally long, longer for those whose loss lags behind.
import type { KindWeights } from "../spec/spec.ts";
import { fallen, followLosses, mean, type Levels } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, scaled } from "./shares.ts";

interface GradNormState {
  readonly w: KindWeights; // sum K
  readonly levels: Levels;
}

const RATE = 0.025;
const ASYMMETRY = 1.5; // a
const LEAST = 0.01;

/**
 * Descends sum_k |G_k - mean(G) r_k^a| over w with the target held, a = 1.5, eta = 0.025 (Chen et al. 2018):
 * w_k -= eta g_k sign(w_k g_k - mean(w g) r_k^a), then scaled to sum K. g is the gradient norm by the weight it was taken with, in
 * units of the kinds' mean; r_k = L_k relative to its start, by the mean of these.
 */
export const gradNorm: Rule<GradNormState> = {
  init: ({ kinds }) => ({ w: byKind(kinds, () => 1), levels: {} }),
  next(state, observed, { kinds, rate }) {
    const levels = followLosses(state.levels, observed);
    const norms = kinds.map((kind) => observed.gradients[kind] ?? 0);
    const unit = mean(norms);
    const known = norms.every((norm) => norm > 0);
    const g = byKind(kinds, (kind) => (known ? observed.gradients[kind]! / unit : 1));
    const level = mean(kinds.map((kind) => fallen(levels, kind)));
    const target = mean(kinds.map((kind) => state.w[kind] * g[kind]));
    const moved = byKind(kinds, (kind) => {
      const off = state.w[kind] * g[kind] - target * (fallen(levels, kind) / level) ** ASYMMETRY;
      return Math.max(LEAST, state.w[kind] - (known ? (rate || RATE) * g[kind] * Math.sign(off) : 0));
    });
    const shares = scaled(kinds, (kind) => moved[kind]);
    return [shares, { w: byKind(kinds, (kind) => kinds.length * shares[kind]), levels }];
  },
};
