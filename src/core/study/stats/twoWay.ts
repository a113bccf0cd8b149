// A mean over seeds and questions that holds for new seeds and new questions both. Draws no sample.
import { studentQuantile } from "../../stats/distributions.ts";

export interface TwoWayInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly df: number; // Satterthwaite's, not whole
  /** Variance components, each at least 0: between seeds, between question clusters, and what is left. */
  readonly seeds: number;
  readonly clusters: number;
  readonly rest: number;
}

/**
 * y_sq = mean + a_s + b_q + e_sq, all random (Searle, Casella & McCulloch 1992, ch. 4). With mean squares MS_a, MS_b, MS_e of
 * the table of n seeds and m clusters, the mean has variance (MS_a + MS_b - MS_e) / (n m), whose degrees of freedom are
 * (MS_a + MS_b - MS_e)^2 / (MS_a^2 / (n - 1) + MS_b^2 / (m - 1) + MS_e^2 / ((n - 1)(m - 1))) (Satterthwaite 1946); taken as no
 * smaller than MS_a or MS_b alone allow, which it cannot be in truth.
 *
 * @param values (n, m) n, m >= 2: one row per seed, of the same clusters of questions; for two cells the differences. A cluster's
 *   value counts like any other's: scale them so that their mean is the measure (core/stats/clusterValues.ts)
 */
export function twoWayInterval(values: readonly ArrayLike<number>[], level = 0.95): TwoWayInterval {
  const n = values.length;
  const m = values[0]?.length ?? 0;
  if (n < 2 || m < 2 || values.some((row) => row.length !== m)) {
    throw new RangeError(
      `twoWayInterval: at least 2 seeds of the same 2 clusters are needed, got ${n} of ${m}`,
    );
  }
  const rowMeans = values.map((row) => sumOf(row) / m);
  const mean = sumOf(rowMeans) / n;
  const columnMeans = Array.from({ length: m }, (_, q) => sumOf(values.map((row) => row[q]!)) / n);
  const squares = (list: readonly number[]) => list.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const msSeeds = (m * squares(rowMeans)) / (n - 1);
  const msClusters = (n * squares(columnMeans)) / (m - 1);
  let left = 0;
  values.forEach((row, s) => {
    for (let q = 0; q < m; q++) left += (row[q]! - rowMeans[s]! - columnMeans[q]! + mean) ** 2;
  });
  const dfRest = (n - 1) * (m - 1);
  const rest = left / dfRest;
  const total = msSeeds + msClusters - rest;
  const bounded = Math.max(total, msSeeds, msClusters);
  const spread = msSeeds ** 2 / (n - 1) + msClusters ** 2 / (m - 1) + rest ** 2 / dfRest;
  const df = spread === 0 ? n - 1 : Math.max(1, total ** 2 / spread);
  const half = studentQuantile(1 - (1 - level) / 2, df) * Math.sqrt(bounded / (n * m));
  return {
    mean,
    low: mean - half,
    high: mean + half,
    df,
    seeds: Math.max(0, (msSeeds - rest) / m),
    clusters: Math.max(0, (msClusters - rest) / n),
    rest,
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
