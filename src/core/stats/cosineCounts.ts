// How many cosines lie where: counts in narrow bins, and what follows from them. Measures no cosine.

/** Counts of cosines in bins of 0.001 from -1 to 1; each bin has its lower end, the last one 1 as well. */
export type CosineCounts = Uint32Array;

const BINS = 2000;

export const noCosines = (): CosineCounts => new Uint32Array(BINS);

/** A cosine a rounding beyond ±1 falls into the last bin. */
export function countCosine(counts: CosineCounts, cosine: number): void {
  const bin = Math.floor((cosine + 1) * (BINS / 2));
  counts[Math.min(BINS - 1, Math.max(0, bin))]!++;
}

export const totalOf = (counts: CosineCounts): number => counts.reduce((sum, n) => sum + n, 0);

const middleOf = (bin: number) => (bin + 0.5) / (BINS / 2) - 1;

/** To within half a bin; of an even number the mean of the two in the middle. NaN of none. */
export function medianCosine(counts: CosineCounts): number {
  const n = totalOf(counts);
  const at = (rank: number) => {
    let below = 0;
    return middleOf(counts.findIndex((count) => (below += count) > rank));
  };
  return n === 0 ? NaN : (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2;
}

/**
 * The probability that one of `high` lies above one of `low`, where they share a bin counted half: the area under the ROC
 * curve, in [0, 1]. 0.5: neither is above the other. NaN where one has none.
 */
export function areaUnderCurve(high: CosineCounts, low: CosineCounts): number {
  let below = 0;
  let wins = 0;
  for (let bin = 0; bin < BINS; bin++) {
    wins += high[bin]! * (below + low[bin]! / 2);
    below += low[bin]!;
  }
  return wins / (totalOf(high) * below);
}

export interface HistogramBar {
  readonly from: number;
  readonly to: number;
}

/** At most `most` bars of one round width that hold every cosine of all `counts`. */
export function histogramBars(all: readonly CosineCounts[], most: number): HistogramBar[] {
  const used = Array.from({ length: BINS }, (_, bin) => bin).filter((bin) =>
    all.some((counts) => counts[bin]! > 0),
  );
  if (used.length === 0) return [];
  const [first, last] = [used[0]!, used.at(-1)!];
  for (const width of [10, 20, 25, 50, 100, 200]) {
    const [start, end] = [Math.floor(first / width), Math.floor(last / width)];
    if (end - start + 1 > most && width < 200) continue;
    return Array.from({ length: end - start + 1 }, (_, i) => ({
      from: ((start + i) * width - BINS / 2) / (BINS / 2),
      to: ((start + i + 1) * width - BINS / 2) / (BINS / 2),
    }));
  }
  return [];
}

/** The part of all cosines that lies in each bar, in [0, 1]; zeros of none. */
export function barShares(counts: CosineCounts, bars: readonly HistogramBar[]): number[] {
  const n = totalOf(counts);
  const binOf = (cosine: number) => Math.round((cosine + 1) * (BINS / 2));
  return bars.map(({ from, to }) => totalOf(counts.subarray(binOf(from), binOf(to))) / (n || 1));
}
