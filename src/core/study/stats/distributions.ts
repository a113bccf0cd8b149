// Student's t and Fisher's F, the one place that asks jstat for them. Knows no study.
import jStat from "jstat";

/**
 * Quantile of Student's t.
 *
 * @param p in (0, 1)
 * @param df degrees of freedom > 0, whole or not
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentQuantile: p must be between 0 and 1, got ${p}`);
  if (!(df > 0)) throw new RangeError(`studentQuantile: df must be above 0, got ${df}`);
  return jStat.studentt.inv(p, df);
}

/** P(T > t), `df` > 0. */
export const studentUpper = (t: number, df: number): number => jStat.studentt.cdf(-t, df);

/** P(F > f) with `df1` and `df2` degrees of freedom; 1 at 0 and below. */
export const fisherUpper = (f: number, df1: number, df2: number): number =>
  f <= 0 ? 1 : f === Infinity ? 0 : 1 - jStat.centralF.cdf(f, df1, df2);
