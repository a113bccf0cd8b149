// Which English pieces stand for which pieces of a language, by counting over sentence pairs. Pure arithmetic.
// IBM model 1 by EM (Brown et al. 1993, section 4.1), in both directions, joined by their geometric mean.

/** One sentence and its translation: distinct piece ids of each, ascending. */
export interface SentencePair {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** Expected number of sentences in which `source[i]` and `target[i]` translate each other; pairs ascend. */
export interface Alignment {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly counts: Float64Array;
}

/**
 * @param pieces ids are in [0, pieces)
 * @param minCount pairs expected less often than this are dropped
 */
export function alignPieces(
  pairs: readonly SentencePair[],
  pieces: number,
  { iterations, minCount }: { readonly iterations: number; readonly minCount: number },
): Alignment {
  const there = expectedCounts(pairs, pieces, iterations);
  const back = expectedCounts(
    pairs.map(({ source, target }) => ({ source: target, target: source })),
    pieces,
    iterations,
  );
  // Cells of `back` in the order of `there`: by source, then target.
  const turned = Float64Array.from(back.keys, (key) => (key % pieces) * pieces + Math.floor(key / pieces));
  const order = Uint32Array.from(turned.keys()).sort((a, b) => turned[a]! - turned[b]!);
  const kept: [number, number, number][] = [];
  let at = 0;
  there.keys.forEach((key, i) => {
    while (at < order.length && turned[order[at]!]! < key) at++;
    if (at === order.length || turned[order[at]!] !== key) return;
    const count = Math.sqrt(there.counts[i]! * back.counts[order[at]!]!);
    if (count > minCount) kept.push([Math.floor(key / pieces), key % pieces, count]);
  });
  return {
    source: Int32Array.from(kept, ([source]) => source),
    target: Int32Array.from(kept, ([, target]) => target),
    counts: Float64Array.from(kept, ([, , count]) => count),
  };
}

/**
 * Expected alignment counts c(source, target) after `iterations` of EM: each target piece of a pair comes from one of
 * the pair's source pieces or from nothing, with probability in proportion to t(target | source), which starts equal.
 *
 * @returns cells with their key source * pieces + target, ascending; those from nothing are left out
 */
function expectedCounts(
  pairs: readonly SentencePair[],
  pieces: number,
  iterations: number,
): { readonly keys: Float64Array; readonly counts: Float64Array } {
  let places = 0;
  for (const { source, target } of pairs) places += (source.length + 1) * target.length;
  const all = new Float64Array(places); // key of each place; source id `pieces` stands for nothing
  let at = 0;
  for (const { source, target } of pairs) {
    for (const t of target) {
      for (const s of source) all[at++] = s * pieces + t;
      all[at++] = pieces * pieces + t;
    }
  }
  const sorted = all.slice().sort();
  const keys = sorted.filter((key, i) => i === 0 || key !== sorted[i - 1]);
  const cellOf = cellsOf(all, keys);
  const t = new Float64Array(keys.length).fill(1);
  const counts = new Float64Array(keys.length);
  const totals = new Float64Array(pieces + 1); // of a source piece
  for (let round = 0; round < iterations; round++) {
    counts.fill(0);
    at = 0;
    for (const { source, target } of pairs) {
      for (let j = 0; j < target.length; j++) {
        const end = at + source.length + 1;
        let sum = 0;
        for (let i = at; i < end; i++) sum += t[cellOf[i]!]!;
        for (; at < end; at++) counts[cellOf[at]!]! += t[cellOf[at]!]! / sum;
      }
    }
    totals.fill(0);
    keys.forEach((key, c) => (totals[Math.floor(key / pieces)]! += counts[c]!));
    keys.forEach((key, c) => (t[c] = counts[c]! / totals[Math.floor(key / pieces)]!));
  }
  const real = keys.findIndex((key) => key >= pieces * pieces);
  const end = real < 0 ? keys.length : real;
  return { keys: keys.subarray(0, end), counts: counts.subarray(0, end) };
}

/** Position of each value in the ascending `keys`. */
function cellsOf(values: Float64Array, keys: Float64Array): Uint32Array {
  return Uint32Array.from(values, (value) => {
    let low = 0;
    let high = keys.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}
