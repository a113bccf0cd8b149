// One number of each cluster of queries, whose mean is the metric: for statistics that want a table. Draws nothing.
import { languageTotals, meansOf, type ClusterSums, type MetricSums } from "./clusterSums.ts";

/**
 * A metric is a mean over languages of means; cluster c moves it by sum over languages of w (s_c - m n_c) / N (standardErrors.ts).
 * Its value here is the metric and as many times that as there are clusters, so that the mean over clusters is the
 * metric itself and they scatter about it as its linearisation says.
 *
 * @returns (nClusters); undefined where nothing is defined
 */
export function clusterValues(sums: ClusterSums, own: MetricSums): Float64Array | undefined {
  const { nClusters, offsets, cellLangs, languages } = sums;
  const totals = languageTotals(sums, own);
  const { byLanguage: means, overall } = meansOf(totals.sums, totals.counts, own.weights);
  if (Number.isNaN(overall)) return undefined;
  const weight = languages.reduce(
    (sum, _, lang) => sum + (totals.counts[lang]! > 0 ? own.weights[lang]! : 0),
    0,
  );
  return Float64Array.from({ length: nClusters }, (_, c) => {
    let moved = 0;
    for (let cell = offsets[c]!; cell < offsets[c + 1]!; cell++) {
      const lang = cellLangs[cell]!;
      if (own.counts[cell]! === 0) continue;
      moved +=
        (own.weights[lang]! / weight) *
        ((own.sums[cell]! - means[lang]! * own.counts[cell]!) / totals.counts[lang]!);
    }
    return overall + nClusters * moved;
  });
}
