// Adaptive data optimisation: a power law is fitted to each kind's losses, and the kind that another batch would help most is fed.
import type { BatchKind } from "../spec/batchKind.ts";
import type { KindWeights } from "../spec/spec.ts";
import { mean } from "./levels.ts";
import type { Rule } from "./rule.ts";
import { byKind, scaled } from "./shares.ts";

/** Batches of the kind, and the loss after them. */
type Seen = readonly (readonly [n: number, loss: number])[];

interface AdoState {
  readonly seen: Readonly<Partial<Record<BatchKind, Seen>>>;
  readonly credit: KindWeights; // h
}

const FEWEST = 3; // losses that a fit needs
const MOST = 64; // that are kept: every other one goes then
const STEEPEST = 0.8; // as its authors bound the exponent

/**
 * L_k(n) = e_k + b_k n^(-a_k) is fitted to each kind's losses; then p_k ~ prior_k h_k^(1/2) a_k (L_k - e_k) / n_k, the fall of the
 * fitted loss with one more batch, credited by what was drawn: h <- 0.9 h + 0.1 p (Jiang et al. 2024, 2410.11820). The prior is
 * the mix at the start, and holds until every kind has three losses.
 */
export const ado: Rule<AdoState> = {
  init: ({ start }) => ({ seen: {}, credit: start }),
  next(state, observed, { kinds, start }) {
    const seen: Partial<Record<BatchKind, Seen>> = { ...state.seen };
    for (const kind of kinds) {
      const losses = observed.losses[kind] ?? [];
      if (losses.length === 0) continue;
      const all = [...(seen[kind] ?? []), [observed.trained[kind], mean(losses)] as const];
      seen[kind] = all.length > MOST ? all.filter((_, i) => i % 2 === 0) : all;
    }
    const credit = byKind(kinds, (kind) => 0.9 * state.credit[kind] + 0.1 * observed.share[kind]);
    const known = kinds.every((kind) => (seen[kind]?.length ?? 0) >= FEWEST);
    const gains = byKind(kinds, (kind) =>
      known ? start[kind] * Math.sqrt(credit[kind]) * gainOf(seen[kind]!, observed.trained[kind]) : 0,
    );
    const any = kinds.some((kind) => gains[kind] > 0);
    return [any ? scaled(kinds, (kind) => gains[kind]) : start, { seen, credit }];
  },
};

/** -dL/dn at n of the fitted law: a b n^(-a) / n; 0 where the loss does not fall. */
export function gainOf(seen: Seen, n: number): number {
  const { b, a } = fitPowerLaw(seen);
  return n > 0 ? (a * b * n ** -a) / n : 0;
}

/**
 * Least squares of log(L - e) on log n for twenty e from 0 to just below the smallest loss; of these the one whose curve is
 * nearest to the losses themselves.
 */
export function fitPowerLaw(seen: Seen): { readonly e: number; readonly b: number; readonly a: number } {
  const least = Math.min(...seen.map(([, loss]) => loss));
  let best = { e: 0, b: 0, a: 0, error: Infinity };
  for (let i = 0; i < 20; i++) {
    const e = (i / 20) * least;
    const xs = seen.map(([n]) => Math.log(n));
    const ys = seen.map(([, loss]) => Math.log(loss - e));
    const [mx, my] = [mean(xs), mean(ys)];
    const sxx = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
    const slope = sxx > 0 ? xs.reduce((sum, x, j) => sum + (x - mx) * (ys[j]! - my), 0) / sxx : 0;
    const a = Math.min(STEEPEST, Math.max(0, -slope));
    const b = Math.exp(my + a * mx);
    const error = seen.reduce((sum, [n, loss]) => sum + (e + b * n ** -a - loss) ** 2, 0);
    if (error < best.error) best = { e, b, a, error };
  }
  return { e: best.e, b: best.b, a: best.a };
}
