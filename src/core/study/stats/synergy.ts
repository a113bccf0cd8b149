// Whether a blend of two kinds beats both of them, from a fitted surface. Fits nothing.
import type { BlockFit } from "./blockFit.ts";
import { studentUpper } from "../../stats/distributions.ts";

export interface BlendSynergy {
  readonly kinds: readonly [number, number];
  /** One-sided p, the larger of two, that some blend of the two beats both pure kinds. */
  readonly some: number;
  /** The same of the blend of equal halves. */
  readonly half: number;
  /** Share of the first kind in the best blend; left out where no blend of the two beats both. */
  readonly best?: number;
}

/** Which terms two kinds have in common. */
const PAIRS = [
  [0, 1, 3],
  [0, 2, 4],
  [1, 2, 5],
] as const;

/**
 * Some blend of i and j beats both pure kinds where b_ij > |b_i - b_j|, best at x_i = 1/2 + (b_i - b_j) / (2 b_ij); equal halves
 * do where b_ij > 2 |b_i - b_j|. So b_ij - k (b_i - b_j) > 0 and b_ij + k (b_i - b_j) > 0, k = 1 or 2: both must be found,
 * each by a one-sided t test on the pure error (intersection-union, Berger 1982: no adjustment).
 *
 * @param lessIsBetter turns the sign of all b
 */
export function synergies(fit: BlockFit, lessIsBetter: boolean): BlendSynergy[] {
  const sign = lessIsBetter ? -1 : 1;
  return PAIRS.map(([i, j, ij]) => {
    const pOf = (k: number) =>
      Math.max(
        ...[-k, k].map((of) => {
          const weights = fit.b.map((_, term) =>
            term === ij ? sign : term === i ? sign * of : term === j ? -sign * of : 0,
          );
          const { value, se } = fit.at(weights);
          return studentUpper(value / se, fit.df);
        }),
      );
    const gap = sign * (fit.b[i]! - fit.b[j]!);
    const bend = sign * fit.b[ij]!;
    const best = bend > Math.abs(gap) && { best: 0.5 + gap / (2 * bend) };
    return { kinds: [i, j] as const, some: pOf(1), half: pOf(2), ...best };
  });
}
