import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignPieces, type SentencePair } from "./wordAlignment.ts";

const pair = (source: number[], target: number[]): SentencePair => ({
  source: Int32Array.from(source),
  target: Int32Array.from(target),
});

const cells = (pairs: SentencePair[], iterations: number, minCount = 0) => {
  const { source, target, counts } = alignPieces(pairs, { iterations, minCount });
  return Object.fromEntries(Array.from(counts, (count, i) => [`${source[i]}-${target[i]}`, count]));
};

describe("alignPieces", () => {
  it("shares each piece equally among its candidates, nothing included, in the first round", () => {
    // Pair {1, 2} with {5}: there, 5 comes from 1, 2 or nothing: 1/3 each. Back, 1 comes from 5 or nothing: 1/2.
    // The mean is sqrt(1/3 * 1/2).
    const found = cells([pair([1, 2], [5])], 1);
    expect(Object.keys(found)).toEqual(["1-5", "2-5"]);
    expect(found["1-5"]).toBeCloseTo(Math.sqrt(1 / 6), 12);
    expect(found["2-5"]).toBeCloseTo(Math.sqrt(1 / 6), 12);
  });

  it("finds the translation that explains both sentences", () => {
    // Round 1, there: 5 and 6 from {1, 2, nothing}, 5 from {1, nothing}: c(1,5) = 1/3 + 1/2 = 5/6, c(1,6) = c(2,5) =
    // c(2,6) = 1/3, c(0,5) = 5/6, c(0,6) = 1/3. So t(5|1) = 5/7, t(6|1) = 2/7, t(5|2) = t(6|2) = 1/2, t(5|0) = 5/7,
    // t(6|0) = 2/7. Round 2: c(1,5) = (5/7) / (5/7 + 1/2 + 5/7) + (5/7) / (10/7) = 10/27 + 1/2 = 47/54, and
    // c(2,6) = (1/2) / (2/7 + 1/2 + 2/7) = 7/15. The problem is the same turned around, so the mean is the number itself.
    const found = cells([pair([1, 2], [5, 6]), pair([1], [5])], 2);
    expect(found["1-5"]).toBeCloseTo(47 / 54, 12);
    expect(found["2-6"]).toBeCloseTo(7 / 15, 12);
    expect(found["2-6"]!).toBeGreaterThan(found["2-5"]!);
    expect(found["1-5"]!).toBeGreaterThan(found["1-6"]!);
  });

  it("drops pairs expected less often than asked", () => {
    const all = cells([pair([1, 2], [5, 6]), pair([1], [5])], 2);
    const kept = cells([pair([1, 2], [5, 6]), pair([1], [5])], 2, 0.45);
    expect(Object.keys(kept)).toEqual(Object.keys(all).filter((key) => all[key]! > 0.45));
  });

  it("never expects a pair more often than the sentences that hold both", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 });
    const sorted = ids.map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(fc.tuple(sorted, sorted), { minLength: 1, maxLength: 6 }), (lists) => {
        const pairs = lists.map(([a, b]) => pair(a, b));
        for (const [key, count] of Object.entries(cells(pairs, 3))) {
          const [s, t] = key.split("-").map(Number) as [number, number];
          const both = lists.filter(([a, b]) => a.includes(s) && b.includes(t)).length;
          expect(count).toBeLessThanOrEqual(both + 1e-9);
        }
      }),
    );
  });

  it("has nothing to say about no sentences", () => {
    expect(cells([], 3)).toEqual({});
  });
});
