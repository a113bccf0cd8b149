// Whether two runs differ by more than chance: the paired randomisation test. Says nothing of how large or useful it is.
import type { Random } from "../random.ts";
import { clustersOf, languageTotals, meansOf, type ClusterSums } from "./clusterSums.ts";
import type { Resampling } from "./resampling.ts";

export const PERMUTATIONS = 9999;

/** Two-sided p-values in (0, 1]; `byLanguage` has the languages with a defined difference, unadjusted. */
export interface MetricTest {
  readonly overall?: number;
  readonly byLanguage: Readonly<Record<string, number>>;
}

/** By metric path. */
export type Tests = Readonly<Record<string, MetricTest>>;

/**
 * Paired randomisation test (Fisher; Smucker, Allan & Carterette 2007) on the differences of two runs: were they
 * alike, either could have given either value. So the two swap their values in random clusters, all queries of a
 * cluster together, and p = (1 + n of |T*| >= |T|) / (n + 1), T = the mean difference, n = `total`.
 *
 * @param sums of differences (`clusterSums` with `minus`)
 */
export function createRandomisation(
  sums: ClusterSums,
  random: Random,
  total = PERMUTATIONS,
): Resampling<Tests> {
  const { nClusters, offsets, cellLangs, languages, metrics } = sums;
  const nLangs = languages.length;
  const observed = metrics.map((own) => {
    const totals = languageTotals(sums, own);
    return { ...totals, ...meansOf(totals.sums, totals.counts, own.weights) };
  });
  const reached = metrics.map(() => ({ overall: 0, byLanguage: new Int32Array(nLangs) }));
  const swapped = new Int32Array(nClusters + 1); // its first nSwapped entries
  const nMetrics = metrics.length;
  const beside = new Float64Array(cellLangs.length * nMetrics); // the metrics of a cell next to each other
  metrics.forEach(({ sums: own }, m) => own.forEach((sum, cell) => (beside[cell * nMetrics + m] = sum)));
  const change = new Float64Array(nLangs * nMetrics); // what the swapped clusters hold
  const langSums = new Float64Array(nLangs);
  const means = new Float64Array(nLangs);
  let done = 0;
  // The same differences summed in another order may fall a rounding error short of T.
  const isAsFar = (value: number, wanted: number) => Math.abs(value) >= Math.abs(wanted) * (1 - 1e-9) - 1e-15;

  function permute(): void {
    // A list instead of a flag per cluster: a coin cannot be predicted, and a mispredicted jump costs more than the sum.
    let nSwapped = 0;
    for (let first = 0; first < nClusters; first += 32) {
      const end = Math.min(first + 32, nClusters);
      let coins = (random.next() * 2 ** 32) | 0; // 32 fair ones
      for (let c = first; c < end; c++, coins >>>= 1) {
        swapped[nSwapped] = c;
        nSwapped += coins & 1;
      }
    }
    change.fill(0);
    for (let i = 0; i < nSwapped; i++) {
      const c = swapped[i]!;
      for (let cell = offsets[c]!; cell < offsets[c + 1]!; cell++) {
        const to = cellLangs[cell]! * nMetrics;
        const from = cell * nMetrics;
        for (let m = 0; m < nMetrics; m++) change[to + m]! += beside[from + m]!;
      }
    }
    metrics.forEach(({ weights }, m) => {
      const { sums: observedSums, counts, byLanguage, overall } = observed[m]!;
      for (let lang = 0; lang < nLangs; lang++) {
        langSums[lang] = observedSums[lang]! - 2 * change[lang * nMetrics + m]!;
      }
      const permuted = meansOf(langSums, counts, weights, means).overall;
      if (isAsFar(permuted, overall)) reached[m]!.overall++;
      for (let lang = 0; lang < nLangs; lang++) {
        if (isAsFar(means[lang]!, byLanguage[lang]!)) reached[m]!.byLanguage[lang]!++;
      }
    });
  }

  return {
    total,
    get done() {
      return done;
    },
    advance(n) {
      for (let i = 0; i < n && done < total; i++, done++) permute();
    },
    result() {
      if (done < total) throw new Error(`randomisation: ${done} of ${total} permutations are done`);
      const p = (n: number) => (n + 1) / (total + 1);
      return Object.fromEntries(
        metrics.map((own, m) => {
          const clusters = clustersOf(sums, own);
          const tested = languages.flatMap((name, lang) =>
            clusters.byLanguage[lang] === 0 ? [] : [[name, p(reached[m]!.byLanguage[lang]!)] as const],
          );
          return [
            own.metric,
            {
              ...(clusters.any > 0 && { overall: p(reached[m]!.overall) }),
              byLanguage: Object.fromEntries(tested),
            },
          ];
        }),
      );
    },
  };
}
