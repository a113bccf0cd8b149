// All ways to turn the signs of n differences, the same for every cell, or many of them at random. Knows no test.
import { createRandom } from "../../random.ts";

/** Up to here every pattern is looked at. */
const EXACT = 16;
const SAMPLED = 9999;

export interface SignPatterns {
  readonly count: number; // the one found among them, as the first
  readonly exact: boolean; // all there are; else 9,999 random ones from a fixed stream beside the one found
  /** Per pattern, the sum of the first `first` of n values with its signs. */
  sums(values: ArrayLike<number>, first?: number): Float64Array;
}

/**
 * @param n seeds
 * @param halved leaves out each pattern whose opposite is there: enough for two-sided tests, whose measure has no sign
 */
export function createSignPatterns(n: number, halved: boolean): SignPatterns {
  if (n <= EXACT) return allPatterns(n, halved);
  if (sampled?.n !== n) sampled = { n, patterns: sampledPatterns(n) };
  return sampled.patterns;
}

/** The last ones drawn: a test is asked many times of the same number of seeds, and they are always the same. */
let sampled: { readonly n: number; readonly patterns: SignPatterns } | undefined;

function allPatterns(n: number, halved: boolean): SignPatterns {
  const fixed = halved ? 1 : 0; // the first seed keeps its sign
  const count = 2 ** (n - fixed);
  return {
    count,
    exact: true,
    sums(values, first = n) {
      const sums = new Float64Array(count);
      for (let s = 0; s < first; s++) sums[0]! += values[s]!;
      for (let s = fixed; s < n; s++) {
        const turned = s < first ? 2 * values[s]! : 0;
        const size = 2 ** (s - fixed);
        for (let i = 0; i < size; i++) sums[size + i] = sums[i]! - turned;
      }
      return sums;
    },
  };
}

function sampledPatterns(n: number): SignPatterns {
  const random = createRandom(0).fork("signPatterns");
  const signs = Array.from({ length: n }, () => {
    const own = new Int8Array(SAMPLED + 1).fill(1);
    for (let i = 1; i <= SAMPLED; i++) own[i] = random.next() < 0.5 ? 1 : -1;
    return own;
  });
  return {
    count: SAMPLED + 1,
    exact: false,
    sums(values, first = n) {
      const sums = new Float64Array(SAMPLED + 1);
      for (let s = 0; s < first; s++) {
        const value = values[s]!;
        const own = signs[s]!;
        for (let i = 0; i <= SAMPLED; i++) sums[i]! += own[i]! * value;
      }
      return sums;
    },
  };
}
