// A surface over blends of three kinds, fitted to cells that all ran with the same seeds. Draws nothing.
import { fitBlocks, spreadOf, type BlockFit, type Predicted } from "./blockFit.ts";

/** Shares that sum to 1. */
export type Blend = readonly [number, number, number];
/** "cubic": the special one, with one term more. */
export type BlendModel = "quadratic" | "cubic";

/** Terms at a blend: x1, x2, x3, x1x2, x1x3, x2x3 (, x1x2x3). */
export function blendTerms([a, b, c]: Blend, model: BlendModel = "quadratic"): number[] {
  return [a, b, c, a * b, a * c, b * c, ...(model === "cubic" ? [a * b * c] : [])];
}

/** `b` in the order of `blendTerms`: the first three are the values of the pure kinds, at the mean of the seeds. */
export interface BlendFit extends BlockFit {
  readonly predict: (blend: Blend) => Predicted;
}

/**
 * Scheffe's quadratic y = sum b_i x_i + sum b_ij x_i x_j or special cubic (+ b_123 x1 x2 x3), seeds as blocks (Scheffe 1958;
 * blockFit.ts).
 *
 * @param blends (c) distinct, at least as many as terms: 6 or 7
 * @param values (c, n) by cell and seed, n >= 2
 */
export function fitBlends(
  blends: readonly Blend[],
  values: readonly (readonly number[])[],
  model: BlendModel = "quadratic",
): BlendFit {
  const fit = fitBlocks(
    blends.map((blend) => blendTerms(blend, model)),
    values,
  );
  return { ...fit, predict: (blend) => fit.at(blendTerms(blend, model)) };
}

/**
 * Mean over the triangle of the variance of a prediction, at unit error variance and one run a cell: trace of
 * (X'X)^-1 times the terms' second moments, E x1^a x2^b x3^c = 2 a! b! c! / (a + b + c + 2)! (uniform).
 */
export function meanPredictionVariance(blends: readonly Blend[], model: BlendModel = "quadratic"): number {
  const spread = spreadOf(blends.map((blend) => blendTerms(blend, model)));
  const powers = POWERS.slice(0, spread.columns);
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
