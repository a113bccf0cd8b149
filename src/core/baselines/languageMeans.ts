// Vectors without what their language adds to all of them. Pure arithmetic; encodes nothing.

/** Rows of `width` laid end to end -> their mean; zeros for none. In float64. */
export function meanVector(vectors: Float32Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  const n = vectors.length / width;
  vectors.forEach((x, i) => (mean[i % width]! += x / n));
  return mean;
}

/**
 * (E(t) - shift of t's language) / its length, as float32; a row that nothing is left of stays zeros.
 *
 * @param shifts by language; undefined leaves its rows as they are
 * @param langs of each row
 */
export function shifted(
  vectors: Float32Array,
  width: number,
  langs: ArrayLike<number>,
  shifts: readonly (Float64Array | undefined)[],
): Float32Array {
  const out = new Float32Array(vectors);
  for (let row = 0; row < langs.length; row++) {
    const shift = shifts[langs[row]!];
    if (!shift) continue;
    const own = vectors.subarray(row * width, (row + 1) * width);
    let squares = 0;
    own.forEach((x, i) => (squares += (x - shift[i]!) ** 2));
    const length = Math.sqrt(squares);
    own.forEach((x, i) => (out[row * width + i] = length > 0 ? (x - shift[i]!) / length : 0));
  }
  return out;
}

/** A text's vector and what it says. */
export interface ParallelRows {
  readonly vectors: Float32Array; // rows of one language
  readonly concepts: readonly (number | undefined)[]; // of each row; undefined: it shares its meaning with none
}

/**
 * SHIFT (arXiv 2606.18801): the mean of E(t) - E(p) over texts t of a language, p the pivot's text of the same meaning (the mean of
 * several). Where they share no meaning, the difference of their means, which it is when all are shared.
 */
export function shiftVector(own: ParallelRows, pivot: ParallelRows, width: number): Float64Array {
  const rowsOf = ({ vectors, concepts }: ParallelRows) => {
    const found = new Map<number, number[]>();
    concepts.forEach((concept, row) => {
      if (concept !== undefined) found.set(concept, [...(found.get(concept) ?? []), row]);
    });
    const mean = (rows: readonly number[]) =>
      meanVector(
        Float32Array.from(rows.flatMap((row) => [...vectors.subarray(row * width, (row + 1) * width)])),
        width,
      );
    return { found, mean };
  };
  const [ofOwn, ofPivot] = [rowsOf(own), rowsOf(pivot)];
  const shared = [...ofOwn.found].filter(([concept]) => ofPivot.found.has(concept));
  if (shared.length === 0) {
    const [a, b] = [meanVector(own.vectors, width), meanVector(pivot.vectors, width)];
    return a.map((x, i) => x - b[i]!);
  }
  const texts = shared.reduce((sum, [, rows]) => sum + rows.length, 0);
  const shift = new Float64Array(width);
  for (const [concept, rows] of shared) {
    const [a, b] = [ofOwn.mean(rows), ofPivot.mean(ofPivot.found.get(concept)!)];
    a.forEach((x, i) => (shift[i]! += ((x - b[i]!) * rows.length) / texts));
  }
  return shift;
}
