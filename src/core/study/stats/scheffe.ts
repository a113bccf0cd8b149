// A surface over blends of three kinds, fitted to cells that all ran with the same seeds. Draws nothing.
import { inverse, Matrix } from "ml-matrix";
import { fisherUpper, studentUpper } from "./distributions.ts";

/** Shares that sum to 1. */
export type Blend = readonly [number, number, number];
/** "cubic": the special one, with one term more. */
export type BlendModel = "quadratic" | "cubic";

/** Terms at a blend: x1, x2, x3, x1x2, x1x3, x2x3 (, x1x2x3). */
export function blendTerms([a, b, c]: Blend, model: BlendModel = "quadratic"): number[] {
  return [a, b, c, a * b, a * c, b * c, ...(model === "cubic" ? [a * b * c] : [])];
}

export interface LackOfFit {
  readonly f: number;
  readonly df: readonly [number, number];
  readonly p: number;
}

export interface BlendFit {
  readonly model: BlendModel;
  /** In the order of `blendTerms`: the first three are the values of the pure kinds. */
  readonly b: readonly number[];
  readonly se: readonly number[];
  readonly error: number; // pure, an SD of one run once its seed is known
  readonly df: number; // of it: (c - 1)(n - 1)
  /** Left out where the design has no cell to spare. */
  readonly lackOfFit?: LackOfFit;
  /** Of a weighted sum of b. */
  readonly contrast: (weights: readonly number[]) => { readonly value: number; readonly se: number };
  readonly predict: (blend: Blend) => { readonly value: number; readonly se: number };
}

/**
 * Scheffe's quadratic y = sum b_i x_i + sum b_ij x_i x_j or special cubic (+ b_123 x1 x2 x3) by least squares, with an effect of
 * each seed (Scheffe 1958; seeds as blocks: Cornell 2002, ch. 8). Every cell has every seed, so b comes from cell means.
 * Pure error is what seeds and cells leave: sum (y_cs - mean_c - mean_s + mean)^2 / ((c - 1)(n - 1)). Lack of fit: F =
 * (n sum (mean_c - fit_c)^2 / (c - p)) / pure error. Standard errors hold for differences between blends, with these seeds: what
 * moves all cells of a seed alike is in none of them.
 *
 * @param blends (c) distinct, at least as many as terms
 * @param values (c, n) by cell and seed, n >= 2
 */
export function fitBlends(
  blends: readonly Blend[],
  values: readonly (readonly number[])[],
  model: BlendModel = "quadratic",
): BlendFit {
  const c = blends.length;
  const n = values[0]?.length ?? 0;
  const terms = new Matrix(blends.map((blend) => blendTerms(blend, model)));
  if (c < terms.columns) {
    throw new RangeError(`fitBlends: ${terms.columns} terms need as many cells, got ${c}`);
  }
  if (n < 2 || values.length !== c || values.some((row) => row.length !== n)) {
    throw new RangeError("fitBlends: every cell needs the same seeds, two at least");
  }
  const cellMeans = values.map((row) => meanOf(row));
  const spread = inverse(terms.transpose().mmul(terms)); // (p, p)
  const b = spread.mmul(terms.transpose()).mmul(Matrix.columnVector(cellMeans)).to1DArray();
  const df = (c - 1) * (n - 1);
  const variance = pureSquares(values, cellMeans) / df;
  const at = (weights: readonly number[]) => {
    const row = Matrix.rowVector([...weights]);
    return {
      value: weights.reduce((sum, w, i) => sum + w * b[i]!, 0),
      se: Math.sqrt((row.mmul(spread).mmul(row.transpose()).get(0, 0) * variance) / n),
    };
  };
  const predict = (blend: Blend) => at(blendTerms(blend, model));
  const dfFit = c - terms.columns;
  const misfit = blends.reduce((sum, blend, i) => sum + (cellMeans[i]! - predict(blend).value) ** 2, 0);
  const f = (n * misfit) / dfFit / variance;
  return {
    model,
    b,
    se: b.map((_, i) => Math.sqrt((spread.get(i, i) * variance) / n)),
    error: Math.sqrt(variance),
    df,
    ...(dfFit > 0 && { lackOfFit: { f, df: [dfFit, df] as const, p: fisherUpper(f, dfFit, df) } }),
    contrast: at,
    predict,
  };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Sum of squares that neither cells nor seeds explain. */
function pureSquares(values: readonly (readonly number[])[], cellMeans: readonly number[]): number {
  const mean = meanOf(cellMeans);
  const seedMeans = values[0]!.map((_, s) => meanOf(values.map((row) => row[s]!)));
  return values.reduce(
    (sum, row, i) => row.reduce((of, y, s) => of + (y - cellMeans[i]! - seedMeans[s]! + mean) ** 2, sum),
    0,
  );
}

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
export function synergies(fit: BlendFit, lessIsBetter: boolean): BlendSynergy[] {
  const sign = lessIsBetter ? -1 : 1;
  return PAIRS.map(([i, j, ij]) => {
    const pOf = (k: number) =>
      Math.max(
        ...[-k, k].map((of) => {
          const weights = fit.b.map((_, term) =>
            term === ij ? sign : term === i ? sign * of : term === j ? -sign * of : 0,
          );
          const { value, se } = fit.contrast(weights);
          return studentUpper(value / se, fit.df);
        }),
      );
    const gap = sign * (fit.b[i]! - fit.b[j]!);
    const bend = sign * fit.b[ij]!;
    const best = bend > Math.abs(gap) && { best: 0.5 + gap / (2 * bend) };
    return { kinds: [i, j] as const, some: pOf(1), half: pOf(2), ...best };
  });
}

/**
 * Mean over the triangle of the variance of a prediction, at unit error variance and one run a cell: trace of
 * (X'X)^-1 times the terms' second moments, E x1^a x2^b x3^c = 2 a! b! c! / (a + b + c + 2)! (uniform).
 */
export function meanPredictionVariance(blends: readonly Blend[], model: BlendModel = "quadratic"): number {
  const terms = new Matrix(blends.map((blend) => blendTerms(blend, model)));
  const spread = inverse(terms.transpose().mmul(terms));
  const powers = POWERS.slice(0, terms.columns);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const moment = (p: readonly number[], q: readonly number[]) => {
    const sum = p.map((power, i) => power + q[i]!);
    return (
      (2 * sum.reduce((product, power) => product * factorial(power), 1)) /
      factorial(sum.reduce((a, b) => a + b, 2))
    );
  };
  return powers.reduce(
    (total, p, i) => powers.reduce((of, q, j) => of + spread.get(i, j) * moment(p, q), total),
    0,
  );
}

const POWERS = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [1, 0, 1],
  [0, 1, 1],
  [1, 1, 1],
];
