// What several seeds say together: mean and 95 % interval. Knows no run.

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom (R: qt(.975, 1:30)). */
const T_95 = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
];
const Z_95 = 1.959964;

/** @param df degrees of freedom, a whole number >= 1; error < 1e-4 */
export function studentT95(df: number): number {
  if (!Number.isInteger(df) || df < 1) throw new RangeError(`studentT95: df must be >= 1, got ${df}`);
  // Past the table, three terms of Cornish and Fisher's expansion around the normal quantile z.
  const [z, z3, z5, z7] = [1, 3, 5, 7].map((power) => Z_95 ** power) as [number, number, number, number];
  const tail =
    (z3 + z) / (4 * df) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * df ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * df ** 3);
  return T_95[df - 1] ?? Z_95 + tail;
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
