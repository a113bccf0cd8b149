// Intervals over queries by the bootstrap: clusters of queries are drawn again and again. Knows no run and no seed axis.
import type { Random } from "../random.ts";
import { clustersOf, languageTotals, meansOf, type ClusterSums } from "./clusterSums.ts";
import type { Resampling } from "./resampling.ts";
import { createStandardErrors } from "./standardErrors.ts";

export const RESAMPLES = 2000;
/** Below this many clusters percentiles are too narrow where values are skewed: the interval is studentised (ADR 30). */
export const STUDENTISED_BELOW = 1000;
/** Fewer clusters than this give no interval: what was never drawn is too likely to matter. */
export const MIN_CLUSTERS = 10;

export interface Interval {
  readonly estimate: number;
  readonly low: number; // of 95 %
  readonly high: number;
  readonly clusters: number; // with a defined value
}

/** None where fewer than MIN_CLUSTERS clusters have a value, and where those of few clusters are too alike to give an end. */
export interface MetricIntervals {
  readonly overall?: Interval;
  readonly byLanguage: Readonly<Record<string, Interval>>;
}

/** By metric path. */
export type Intervals = Readonly<Record<string, MetricIntervals>>;

/**
 * Quantile of sorted values by linear interpolation between order statistics: h = (n - 1) p, numpy's default
 * (Hyndman & Fan 1996, type 7). Between a finite and an infinite one there is nothing: the infinite one.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h);
  const a = sorted[below]!;
  const b = sorted[below + 1] ?? a;
  if (a === b || h === below) return a;
  if (!Number.isFinite(a)) return a;
  return Number.isFinite(b) ? a + (h - below) * (b - a) : b;
}

/**
 * Bootstrap over clusters (Efron & Tibshirani 1993; by cluster: Cameron et al. 2008): C clusters are drawn with
 * replacement, all metrics and languages from the same draw, and each metric is computed as the record computes it: a mean
 * over queries per language, then over languages.
 *
 * From STUDENTISED_BELOW clusters on the interval is from percentile to percentile (ch. 13). Below it is studentised (ch.
 * 12.5): with t = (resampled - estimate) / the resample's own standard error it is from estimate - t(97.5 %) se to
 * estimate - t(2.5 %) se, as far as values can lie.
 */
export function createBootstrap(
  sums: ClusterSums,
  random: Random,
  total = RESAMPLES,
  studentisedBelow = STUDENTISED_BELOW,
): Resampling<Intervals> {
  const { nClusters, offsets, cellLangs, languages } = sums;
  const nLangs = languages.length;
  const times = new Int32Array(nClusters); // how often each cluster was drawn
  const metrics = sums.metrics.map((own) => {
    const clusters = clustersOf(sums, own);
    const isFew = (n: number) => n >= MIN_CLUSTERS && n < studentisedBelow;
    const few = { overall: isFew(clusters.any), byLanguage: Array.from(clusters.byLanguage, isFew) };
    const totals = languageTotals(sums, own);
    const { byLanguage: means, overall } = meansOf(totals.sums, totals.counts, own.weights);
    const errorsOf =
      few.overall || few.byLanguage.includes(true)
        ? createStandardErrors(sums, few.byLanguage, few.overall)
        : undefined;
    const errors = new Float64Array(nLangs);
    const drawnOnce = { times: times.map(() => 1), counts: totals.counts, means };
    const error = errorsOf?.(own, drawnOnce, errors) ?? NaN;
    return {
      own,
      clusters,
      estimate: { overall, means },
      few,
      errorsOf,
      errors: { overall: error, byLanguage: errors },
      /** Resampled means, or their t where clusters are few. */
      drawn: {
        overall: new Float64Array(total),
        byLanguage: Array.from(languages, () => new Float64Array(total)),
      },
    };
  });
  const langSums = new Float64Array(nLangs);
  const langCounts = new Float64Array(nLangs);
  const means = new Float64Array(nLangs);
  const langErrors = new Float64Array(nLangs);
  let done = 0;

  function resample(): void {
    times.fill(0);
    for (let i = 0; i < nClusters; i++) times[Math.floor(random.next() * nClusters)]!++;
    for (const { own, estimate, few, errorsOf, drawn } of metrics) {
      langSums.fill(0);
      langCounts.fill(0);
      for (let c = 0; c < nClusters; c++) {
        const n = times[c]!;
        if (n === 0) continue;
        for (let cell = offsets[c]!; cell < offsets[c + 1]!; cell++) {
          langSums[cellLangs[cell]!]! += n * own.sums[cell]!;
          langCounts[cellLangs[cell]!]! += n * own.counts[cell]!;
        }
      }
      const { overall } = meansOf(langSums, langCounts, own.weights, means);
      const error = errorsOf?.(own, { times, counts: langCounts, means }, langErrors) ?? NaN;
      drawn.overall[done] = few.overall ? studentised(overall - estimate.overall, error) : overall;
      for (let lang = 0; lang < nLangs; lang++) {
        const mean = means[lang]!;
        drawn.byLanguage[lang]![done] = few.byLanguage[lang]
          ? studentised(mean - estimate.means[lang]!, langErrors[lang]!)
          : mean;
      }
    }
  }

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
        metrics.map(({ own, clusters, estimate, few, errors, drawn }) => {
          const { range } = own;
          const all = intervalOf(drawn.overall, {
            estimate: estimate.overall,
            clusters: clusters.any,
            error: few.overall ? errors.overall : undefined,
            range,
          });
          const languageIntervals = languages.flatMap((name, lang) => {
            const one = intervalOf(drawn.byLanguage[lang]!, {
              estimate: estimate.means[lang]!,
              clusters: clusters.byLanguage[lang]!,
              error: few.byLanguage[lang] ? errors.byLanguage[lang]! : undefined,
              range,
            });
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

/** t of a resample; one whose clusters are all alike has no error: it lies infinitely far out, unless it hits the estimate. */
const studentised = (difference: number, error: number): number =>
  Number.isNaN(difference) ? NaN : Math.abs(difference) < 1e-12 ? 0 : difference / error;

interface Found {
  readonly estimate: number;
  readonly clusters: number;
  readonly error: number | undefined; // of the estimate, where the values drawn are t
  readonly range: readonly [number, number];
}

function intervalOf(drawn: Float64Array, { estimate, clusters, error, range }: Found): Interval | undefined {
  if (clusters < MIN_CLUSTERS) return undefined;
  const sorted = drawn.filter((value) => !Number.isNaN(value)).sort();
  const [left, right] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  if (error === undefined) return { estimate, low: left, high: right, clusters };
  const [low, high] =
    error === 0 ? [estimate, estimate] : [estimate - right * error, estimate - left * error];
  const [least, most] = range;
  const within = { estimate, low: Math.max(low, least), high: Math.min(high, most), clusters };
  return Number.isFinite(within.low) && Number.isFinite(within.high) ? within : undefined;
}
