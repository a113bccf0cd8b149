// Whether a blend of two kinds beats both of them, from a fit over blends. Fits nothing, and corrects for no family.
import { fitBlocks, type BlockFit } from "./blockFit.ts";
import { studentQuantile, studentUpper } from "../../stats/distributions.ts";
import type { Blend } from "./scheffe.ts";

/** By Student's t on the pure error; 95 %. */
export interface Contrast {
  readonly value: number;
  readonly se: number;
  readonly df: number;
  readonly low: number;
  readonly high: number;
}

/** That a blend of two kinds beats both of them, or that none does. */
export interface BlendClaim {
  /** One-sided p, the larger of two, that it does. */
  readonly beats: number;
  /** That it does not: twice the smaller p that one of the two contrasts is negative. */
  readonly never: number;
  /** The smaller of the two, in standard errors. */
  readonly t: number;
  /** Share of the first kind; left out where no blend is fitted to beat both. */
  readonly share?: number;
  /** That blend less the better of its kinds. */
  readonly gain?: Contrast;
}

export interface BlendSynergy {
  readonly kinds: readonly [number, number];
  /** b_ij: a quarter of it is how far the blend of equal halves lies above the mean of the two. */
  readonly bend: Contrast;
  readonly some: BlendClaim; // of the best blend
  readonly half: BlendClaim; // of equal halves
}

/** What makes b_i, b_j and b_ij of two kinds out of the terms of a fit. */
interface Edge {
  readonly kinds: readonly [number, number];
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly bend: readonly number[];
}

const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

const unit = (size: number, at: number) => Array.from({ length: size }, (_, i) => (i === at ? 1 : 0));
const added = (...parts: readonly (readonly [number, readonly number[]])[]): number[] =>
  parts[0]![1].map((_, i) => parts.reduce((sum, [by, of]) => sum + by * of[i]!, 0));

/**
 * Some blend of i and j beats both pure kinds where b_ij > |b_i - b_j|, best at x_i = 1/2 + (b_i - b_j) / (2 b_ij); equal halves
 * do where b_ij > 2 |b_i - b_j|. So b_ij - k (b_i - b_j) > 0 and b_ij + k (b_i - b_j) > 0, k = 1 or 2: both must be found,
 * each by a one-sided t test on the pure error (intersection-union, Berger 1982: no adjustment).
 *
 * @param fit with Scheffé's terms (scheffe.ts)
 * @param lessIsBetter turns the sign of all b
 */
export function synergies(fit: BlockFit, lessIsBetter: boolean): BlendSynergy[] {
  const size = fit.b.length;
  return PAIRS.map(([i, j], at) =>
    synergyOf(
      fit,
      { kinds: [i, j], first: unit(size, i), second: unit(size, j), bend: unit(size, 3 + at) },
      lessIsBetter,
    ),
  );
}

/**
 * The same from the pure kinds and their blends of equal halves alone, whatever lies between them:
 * b_ij = 4 y_ij - 2 (y_i + y_j) of the means measured, which is what a surface through them has. Of other blends than equal
 * halves it says nothing.
 *
 * @returns undefined where one of these six was not measured
 */
export function measuredSynergies(
  blends: readonly Blend[],
  values: readonly (readonly number[])[],
  lessIsBetter: boolean,
): BlendSynergy[] | undefined {
  const size = blends.length;
  const cellAt = (wanted: readonly number[]) =>
    blends.findIndex((blend) => blend.every((share, i) => Math.abs(share - wanted[i]!) < 1e-6));
  const pure = [0, 1, 2].map((i) => cellAt(unit(3, i)));
  const halves = PAIRS.map(([i, j]) => cellAt(added([0.5, unit(3, i)], [0.5, unit(3, j)])));
  if ([...pure, ...halves].includes(-1)) return undefined;
  const fit = fitBlocks(
    blends.map((_, i) => unit(size, i)),
    values,
  );
  return PAIRS.map(([i, j], at) => {
    const [first, second, half] = [pure[i]!, pure[j]!, halves[at]!].map((cell) => unit(size, cell));
    const bend = added([4, half!], [-2, first!], [-2, second!]);
    return synergyOf(fit, { kinds: [i, j], first: first!, second: second!, bend }, lessIsBetter);
  });
}

function synergyOf(fit: BlockFit, { kinds, first, second, bend }: Edge, lessIsBetter: boolean): BlendSynergy {
  const sign = lessIsBetter ? -1 : 1;
  const contrast = (weights: readonly number[]): Contrast => {
    const { value, se } = fit.at(weights);
    const half = studentQuantile(0.975, fit.df) * se;
    return { value, se, df: fit.df, low: value - half, high: value + half };
  };
  const valueOf = (weights: readonly number[]) => sign * fit.at(weights).value;
  const gap = valueOf(first) - valueOf(second);
  const curve = valueOf(bend);
  const better = gap > 0 ? first : second;
  /** b_ij against k times the way from one kind to the other, either way. @param share of the first kind */
  const claim = (k: number, share: number | undefined): BlendClaim => {
    const ts = [-k, k].map((of) => {
      const { value, se } = fit.at(added([sign, bend], [sign * of, first], [-sign * of, second]));
      return value / se;
    });
    const t = Math.min(...ts);
    const blended =
      share !== undefined &&
      contrast(added([share, first], [1 - share, second], [share * (1 - share), bend], [-1, better]));
    return {
      beats: studentUpper(t, fit.df),
      never: Math.min(1, 2 * studentUpper(-t, fit.df)),
      t,
      ...(blended && { share, gain: blended }),
    };
  };
  return {
    kinds,
    bend: contrast(bend),
    some: claim(1, curve > Math.abs(gap) ? 0.5 + gap / (2 * curve) : undefined),
    half: claim(2, 0.5),
  };
}
