// Sums of values by cluster and language, so that a resample costs additions and never looks at single queries.
import { findMetric } from "../metrics/metricTable.ts";
import type { QueryValues } from "./queryValues.ts";

/** One metric: its sums per cell and what each language weighs in the mean over languages. */
export interface MetricSums {
  readonly metric: string; // path
  readonly sums: Float64Array; // (cells)
  readonly counts: Int32Array; // (cells) defined values
  readonly weights: Float64Array; // (L)
  readonly range: readonly [low: number, high: number]; // no mean can lie outside
}

/** A cell is a cluster in one language. Clusters without any defined value are left out. */
export interface ClusterSums {
  readonly languages: readonly string[]; // L
  readonly nClusters: number;
  readonly offsets: Int32Array; // (nClusters + 1) cells of each cluster
  readonly cellLangs: Uint16Array; // (cells)
  readonly metrics: readonly MetricSums[];
}

/** Weights of the languages in a metric's mean: one over pairs of languages (`map/cross`) or over languages (the rest). */
function weightsOf({ crossPools, languages }: QueryValues, metric: string): Float64Array {
  return findMetric(metric)?.pool === "cross"
    ? Float64Array.from(crossPools)
    : new Float64Array(languages.length).fill(1);
}

/** Where a metric's values lie, or their differences. Ranks have no end. */
function rangeOf(metric: string, isDifference: boolean): MetricSums["range"] {
  const scale = findMetric(metric)?.scale;
  const high = scale === "score" || scale === "share" ? 1 : Infinity;
  return [isDifference ? -high : 0, high];
}

/**
 * @param metrics paths that both have values of
 * @param minus values to subtract query by query: the other run of a paired comparison, with `sameQueries`. A query
 *   that is undefined in either is left out.
 */
export function clusterSums(
  queries: QueryValues,
  metrics: readonly string[],
  minus?: QueryValues,
): ClusterSums {
  const { languages, queryLangs, clusters } = queries;
  const valueAt = (metric: string, q: number) =>
    queries.values[metric]![q]! - (minus ? minus.values[metric]![q]! : 0);
  const defined = Array.from(queryLangs.keys()).filter((q) =>
    metrics.some((metric) => !Number.isNaN(valueAt(metric, q))),
  );
  defined.sort((a, b) => clusters[a]! - clusters[b]! || queryLangs[a]! - queryLangs[b]! || a - b);
  const cellOf = new Int32Array(defined.length);
  const cellLangs: number[] = [];
  const offsets: number[] = [];
  defined.forEach((q, i) => {
    const before = defined[i - 1];
    const newCluster = before === undefined || clusters[before] !== clusters[q];
    if (newCluster) offsets.push(cellLangs.length);
    if (newCluster || queryLangs[before] !== queryLangs[q]) cellLangs.push(queryLangs[q]!);
    cellOf[i] = cellLangs.length - 1;
  });
  const nClusters = offsets.length;
  offsets.push(cellLangs.length);
  return {
    languages,
    nClusters,
    offsets: Int32Array.from(offsets),
    cellLangs: Uint16Array.from(cellLangs),
    metrics: metrics.map((metric) => {
      const sums = new Float64Array(cellLangs.length);
      const counts = new Int32Array(cellLangs.length);
      defined.forEach((q, i) => {
        const value = valueAt(metric, q);
        if (Number.isNaN(value)) return;
        sums[cellOf[i]!]! += value;
        counts[cellOf[i]!]!++;
      });
      return {
        metric,
        sums,
        counts,
        weights: weightsOf(queries, metric),
        range: rangeOf(metric, minus !== undefined),
      };
    }),
  };
}

/** Mean over languages of the means per language; both NaN where nothing is defined. Languages without values drop out. */
export interface LanguageMeans {
  readonly byLanguage: Float64Array; // (L)
  readonly overall: number;
}

/** @param sums (L) and @param counts (L) of one metric; writes the means into `into` if given */
export function meansOf(
  sums: Float64Array,
  counts: ArrayLike<number>,
  weights: Float64Array,
  into = new Float64Array(sums.length),
): LanguageMeans {
  let total = 0;
  let weight = 0;
  for (let lang = 0; lang < sums.length; lang++) {
    const mean = counts[lang] === 0 ? NaN : sums[lang]! / counts[lang]!;
    into[lang] = mean;
    if (counts[lang] === 0 || weights[lang] === 0) continue;
    total += weights[lang]! * mean;
    weight += weights[lang]!;
  }
  return { byLanguage: into, overall: weight === 0 ? NaN : total / weight };
}

/** A metric's sums and counts over all clusters, per language. */
export function languageTotals({ cellLangs, languages }: ClusterSums, { sums, counts }: MetricSums) {
  const totals = { sums: new Float64Array(languages.length), counts: new Float64Array(languages.length) };
  cellLangs.forEach((lang, cell) => {
    totals.sums[lang]! += sums[cell]!;
    totals.counts[lang]! += counts[cell]!;
  });
  return totals;
}

/** (L) clusters with a defined value of the metric in each language, and in any. */
export function clustersOf(sums: ClusterSums, { counts }: MetricSums) {
  const byLanguage = new Int32Array(sums.languages.length);
  let any = 0;
  for (let c = 0; c < sums.nClusters; c++) {
    let here = 0;
    for (let cell = sums.offsets[c]!; cell < sums.offsets[c + 1]!; cell++) {
      if (counts[cell] === 0) continue;
      byLanguage[sums.cellLangs[cell]!]!++;
      here = 1;
    }
    any += here;
  }
  return { byLanguage, any };
}
