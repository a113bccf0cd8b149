// What several seeds say together: mean and 95 % interval. Knows no run.
import { studentQuantile } from "../stats/distributions.ts";

/** Two-sided 95 % quantile of Student's t. @param df degrees of freedom, a whole number >= 1 */
export function studentT95(df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError(`studentT95: df must be >= 1, got ${df}`);
  return studentQuantile(0.975, df);
}

export interface MeanInterval {
  readonly n: number;
  readonly mean: number;
  readonly half: number; // half the width of the 95 % interval
}

/**
 * mean +- t(0.975, n - 1) * s / sqrt(n), s with n - 1 in the denominator: an interval for the mean over seeds,
 * if results scatter about normally.
 *
 * @returns undefined for fewer than two values: one run has no interval
 */
export function meanInterval(values: readonly number[]): MeanInterval | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { n, mean, half: studentT95(n - 1) * Math.sqrt(variance / n) };
}

/** Two values say nothing of how they scatter: their interval is as wide as its quantile, 12.7. */
export const LEAST_SCATTER = 3;
