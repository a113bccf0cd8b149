// Seeded randomness: one generator per purpose, forked by name. Never reads a clock or Math.random.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** Uniform in [0, 1), a multiple of 2^-32. */
  next(): number;
  /** Uniform integer in [0, n); n >= 1. */
  int(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends unknown[] | Int32Array>(items: T): T;
  /** Index drawn in proportion to `weights` (finite, >= 0, at least one > 0). */
  weighted(weights: readonly number[]): number;
  /** An independent stream for one purpose. Depends on the seed and the names only, not on draws made so far. */
  fork(name: string | number): Random;
}

/** FNV-1a over UTF-16 units from a given basis, then murmur3's finaliser: 32 well-mixed bits of one name. */
export function hash32(text: string, basis: number): number {
  let h = basis;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * The stream named by `path` under `seed`. State = four hashes of "seed/path", so neighbouring seeds
 * are unrelated; forks by name keep one purpose's draws (say `eval`) from shifting another's (`batches`).
 */
function streamAt(path: string): Random {
  const bases = [0x811c9dc5, 0x9e3779b9, 0x6a09e667, 0xbb67ae85];
  const bits = xoroshiro128plusFromState(bases.map((basis) => hash32(path, basis)));
  const next = () => (bits.next() >>> 0) / 2 ** 32;
  let spare: number | undefined; // the polar method makes normals in pairs
  return {
    next,
    int(n) {
      if (!Number.isInteger(n) || n < 1) throw new RangeError(`int: n must be an integer >= 1, got ${n}`);
      return uniformInt(bits, 0, n - 1);
    },
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        // Marsaglia & Bray 1964
        const u = 2 * next() - 1;
        const v = 2 * next() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = uniformInt(bits, 0, i);
        [items[i], items[j]] = [items[j]!, items[i]!];
      }
      return items;
    },
    weighted(weights) {
      const total = weights.reduce((a, b) => a + b, 0);
      if (!(total > 0) || !Number.isFinite(total) || weights.some((w) => w < 0)) {
        throw new RangeError(
          `weighted: weights must be >= 0 with a positive sum, got [${weights.join(", ")}]`,
        );
      }
      let left = next() * total;
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i]!;
        if (left < 0) return i;
      }
      return weights.findLastIndex((w) => w > 0); // rounding left a sliver at the end
    },
    fork: (name) => streamAt(`${path}/${name}`),
  };
}

/** @param seed any integer in [0, 2^53): the only source of randomness of a run */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`createRandom: seed must be an integer from 0 to 2^53 - 1, got ${seed}`);
  }
  return streamAt(String(seed));
}
