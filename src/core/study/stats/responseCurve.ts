// A curve along one factor, such as the share of one kind, fitted to cells that all ran with the same seeds. Draws nothing.
import { fitBlocks, type BlockFit, type Predicted } from "./blockFit.ts";

export interface ResponseCurve extends BlockFit {
  readonly predict: (x: number) => Predicted;
  /** Where the curve is best; left out where that is at an end of what was measured, or beyond. */
  readonly best?: number;
}

/**
 * y = b_0 + b_1 x + b_2 x^2, seeds as blocks (blockFit.ts). Best at -b_1 / (2 b_2), where b_2 bends that way.
 *
 * @param xs (c) at least three distinct ones
 * @param values (c, n) by cell and seed, n >= 2
 */
export function fitCurve(
  xs: readonly number[],
  values: readonly (readonly number[])[],
  lessIsBetter = false,
): ResponseCurve {
  const terms = (x: number) => [1, x, x * x];
  const fit = fitBlocks(xs.map(terms), values);
  const [, slope, bend] = fit.b as [number, number, number];
  const best = -slope / (2 * bend);
  const isBest = (lessIsBetter ? bend > 0 : bend < 0) && best > Math.min(...xs) && best < Math.max(...xs);
  return { ...fit, predict: (x) => fit.at(terms(x)), ...(isBest && { best }) };
}
