// Intervals over queries by the bootstrap: clusters of queries are drawn again and again. Knows no run and no seed axis.
import type { Random } from "../random.ts";
import { clustersOf, languageTotals, meansOf, type ClusterSums } from "./clusterSums.ts";
import type { Resampling } from "./resampling.ts";

export const RESAMPLES = 2000;
/** Fewer clusters than this give no interval: percentiles of so few observations are too narrow to be believed. */
export const MIN_CLUSTERS = 10;

export interface Interval {
  readonly estimate: number;
  readonly low: number; // 2.5 % and
  readonly high: number; // 97.5 % quantile over the resamples
  readonly clusters: number; // with a defined value
}

/** `undefined` where nothing is defined or fewer than MIN_CLUSTERS clusters are. */
export interface MetricIntervals {
  readonly overall?: Interval;
  readonly byLanguage: Readonly<Record<string, Interval>>;
}

/** By metric path. */
export type Intervals = Readonly<Record<string, MetricIntervals>>;

/**
 * Quantile of sorted values by linear interpolation between order statistics: h = (n - 1) p, numpy's default
 * (Hyndman & Fan 1996, type 7).
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h);
  const a = sorted[below]!;
  return below + 1 < sorted.length ? a + (h - below) * (sorted[below + 1]! - a) : a;
}

/**
 * Percentile bootstrap over clusters (Efron & Tibshirani 1993, ch. 13; by cluster: Cameron et al. 2008): C clusters are
 * drawn with replacement, all metrics and languages from the same draw, and each metric is computed as the record
 * computes it: a mean over queries per language, then over languages.
 */
export function createBootstrap(sums: ClusterSums, random: Random, total = RESAMPLES): Resampling<Intervals> {
  const { nClusters, offsets, cellLangs, languages, metrics } = sums;
  const nLangs = languages.length;
  const times = new Int32Array(nClusters); // how often each cluster was drawn
  const drawn = metrics.map(() => ({
    overall: new Float64Array(total),
    byLanguage: Array.from(languages, () => new Float64Array(total)),
  }));
  const langSums = new Float64Array(nLangs);
  const langCounts = new Float64Array(nLangs);
  const means = new Float64Array(nLangs);
  let done = 0;

  function resample(): void {
    times.fill(0);
    for (let i = 0; i < nClusters; i++) times[Math.floor(random.next() * nClusters)]!++;
    metrics.forEach(({ sums: own, counts, weights }, m) => {
      langSums.fill(0);
      langCounts.fill(0);
      for (let c = 0; c < nClusters; c++) {
        const n = times[c]!;
        if (n === 0) continue;
        for (let cell = offsets[c]!; cell < offsets[c + 1]!; cell++) {
          langSums[cellLangs[cell]!]! += n * own[cell]!;
          langCounts[cellLangs[cell]!]! += n * counts[cell]!;
        }
      }
      drawn[m]!.overall[done] = meansOf(langSums, langCounts, weights, means).overall;
      for (let lang = 0; lang < nLangs; lang++) drawn[m]!.byLanguage[lang]![done] = means[lang]!;
    });
  }

  const interval = (estimate: number, values: Float64Array, clusters: number): Interval | undefined => {
    if (clusters < MIN_CLUSTERS) return undefined;
    const sorted = values.filter((value) => !Number.isNaN(value)).sort();
    return { estimate, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975), clusters };
  };

  return {
    total,
    get done() {
      return done;
    },
    advance(n) {
      for (let i = 0; i < n && done < total; i++, done++) resample();
    },
    result() {
      if (done < total) throw new Error(`bootstrap: ${done} of ${total} resamples are done`);
      return Object.fromEntries(
        metrics.map((own, m) => {
          const totals = languageTotals(sums, own);
          const { byLanguage, overall } = meansOf(totals.sums, totals.counts, own.weights);
          const clusters = clustersOf(sums, own);
          const all = interval(overall, drawn[m]!.overall, clusters.any);
          const languageIntervals = languages.flatMap((name, lang) => {
            const one = interval(byLanguage[lang]!, drawn[m]!.byLanguage[lang]!, clusters.byLanguage[lang]!);
            return one ? [[name, one] as const] : [];
          });
          return [
            own.metric,
            { ...(all && { overall: all }), byLanguage: Object.fromEntries(languageIntervals) },
          ];
        }),
      );
    },
  };
}
