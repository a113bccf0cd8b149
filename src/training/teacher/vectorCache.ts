// Vectors of a corpus' rows, each encoded once as long as there is room. Bounded; knows no encoder.

export interface VectorCache {
  /** (rows.length, width) in the order given; the caller's to keep. */
  vectors(rows: Int32Array): Promise<Float32Array>;
}

/** Numbers held at most: 128 MiB. */
export const MAX_CACHED = 2 ** 25;

/**
 * When the next rows do not fit, the cache is emptied and begins anew: what is asked for again is encoded again, to the
 * same bits.
 *
 * @param encode (n, width) vectors of distinct rows
 */
export function createVectorCache(
  width: number,
  encode: (rows: Int32Array) => Promise<Float32Array>,
  maxNumbers = MAX_CACHED,
): VectorCache {
  const room = Math.floor(maxNumbers / width); // rows
  const cached = new Map<number, Float32Array>();
  return {
    async vectors(rows) {
      const distinct = [...new Set(rows)];
      let missing = distinct.filter((row) => !cached.has(row));
      if (cached.size + missing.length > room) {
        cached.clear();
        missing = distinct;
      }
      if (missing.length > 0) {
        const fresh = await encode(Int32Array.from(missing));
        missing.forEach((row, i) => cached.set(row, fresh.subarray(i * width, (i + 1) * width)));
      }
      const result = new Float32Array(rows.length * width);
      rows.forEach((row, i) => result.set(cached.get(row)!, i * width));
      return result;
    },
  };
}
