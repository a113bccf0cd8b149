// How far a mean of means would scatter if other clusters were drawn: its standard error by linearisation. Draws nothing.
import type { ClusterSums, MetricSums } from "./clusterSums.ts";

/** What a resample drew, summed by language, and how often it drew each cluster. */
export interface Drawn {
  readonly times: Int32Array; // (clusters)
  readonly counts: ArrayLike<number>; // (L) values
  readonly means: Float64Array; // (L)
}

/**
 * Standard errors of one metric: of each language's mean and of the mean over languages.
 *
 * A language's mean is a ratio of sums over clusters, m = S / N; cluster c moves it by (s_c - m n_c) / N, and the mean over
 * languages by the weighted mean of that. se^2 = n / (n - 1) * sum of squares over the n clusters drawn (Cochran 1977,
 * 6.3: the ratio estimator). 0 where fewer than two clusters have a value.
 *
 * @param wanted (L) languages whose error is asked for
 * @param withOverall whether that of the mean over languages is
 */
export function createStandardErrors(sums: ClusterSums, wanted: readonly boolean[], withOverall: boolean) {
  const { nClusters, offsets, cellLangs, languages } = sums;
  const squares = new Float64Array(languages.length);
  const sizes = new Float64Array(languages.length);

  /** Of what was drawn; writes those of languages into `into`. @returns that of the mean over languages */
  return (own: MetricSums, { times, counts, means }: Drawn, into: Float64Array): number => {
    squares.fill(0);
    sizes.fill(0);
    let weight = 0;
    for (let lang = 0; lang < languages.length; lang++) if (counts[lang]! > 0) weight += own.weights[lang]!;
    let square = 0;
    let size = 0;
    for (let c = 0; c < nClusters; c++) {
      const n = times[c]!;
      if (n === 0) continue;
      let moved = 0;
      let values = 0;
      for (let cell = offsets[c]!; cell < offsets[c + 1]!; cell++) {
        const lang = cellLangs[cell]!;
        const count = own.counts[cell]!;
        if (count === 0 || !(withOverall || wanted[lang])) continue;
        const by = (own.sums[cell]! - means[lang]! * count) / counts[lang]!;
        squares[lang]! += n * by * by;
        sizes[lang]! += n;
        moved += (own.weights[lang]! / weight) * by;
        values += count;
      }
      square += n * moved * moved;
      if (values > 0) size += n;
    }
    const error = (of: number, n: number) => (n < 2 ? 0 : Math.sqrt((of * n) / (n - 1)));
    for (let lang = 0; lang < languages.length; lang++) {
      into[lang] = wanted[lang] ? error(squares[lang]!, sizes[lang]!) : NaN;
    }
    return withOverall ? error(square, size) : NaN;
  };
}
