// The one-query measures against arithmetic done by hand.
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { averagePrecision, recallAt, reciprocalRankAt } from "./averagePrecision.ts";
import { expectedRankDistance, rankDistance } from "./rankDistance.ts";

describe("averagePrecision", () => {
  it("averages precision at each relevant rank", () => {
    expect(averagePrecision([1, 3])).toBeCloseTo((1 / 1 + 2 / 3) / 2, 15);
    expect(averagePrecision([2])).toBe(0.5);
    expect(averagePrecision([1, 2, 3])).toBe(1);
    expect(averagePrecision([4, 5, 10])).toBeCloseTo((1 / 4 + 2 / 5 + 3 / 10) / 3, 15); // 0.31667
  });
  it("reads only the first R entries of a buffer", () => {
    expect(averagePrecision(Int32Array.of(2, 9, 9), 1)).toBe(0.5);
  });
  it("refuses R = 0", () => {
    expect(() => averagePrecision([])).toThrow("no relevant candidate");
  });
});

describe("recallAt", () => {
  it("divides the hits within the cut by R", () => {
    expect(recallAt(1, [1])).toBe(1);
    expect(recallAt(1, [2])).toBe(0);
    expect(recallAt(1, [1, 2])).toBe(0.5); // one of two can be first
    expect(recallAt(10, [3, 10, 11])).toBeCloseTo(2 / 3, 15);
  });
  it("refuses R = 0", () => {
    expect(() => recallAt(1, [])).toThrow("no relevant candidate");
  });
});

describe("reciprocalRankAt", () => {
  it("is that of the best relevant candidate, and 0 where it stands beyond the cut", () => {
    expect(reciprocalRankAt(10, [4, 7])).toBe(1 / 4);
    expect(reciprocalRankAt(10, [10])).toBe(1 / 10);
    expect(reciprocalRankAt(10, [11, 12])).toBe(0);
    expect(reciprocalRankAt(10, [2, 99], 1)).toBe(1 / 2); // a scratch buffer
    expect(() => reciprocalRankAt(10, [])).toThrow("no relevant");
  });
});

describe("rankDistance", () => {
  it("is last minus first rank", () => {
    expect(rankDistance([3, 4, 90])).toBe(87);
    expect(() => rankDistance([3])).toThrow("at least 2");
  });

  it("has the exact expectation (N + 1)(R - 1)/(R + 1) under random ranking, counted out for N = 4, R = 2", () => {
    // pairs of 1..4: distances 1, 2, 3, 1, 2, 1; mean 10/6 = 5 * 1 / 3
    expect(expectedRankDistance(4, 2)).toBeCloseTo(10 / 6, 15);
    expect(expectedRankDistance(4, 4)).toBeCloseTo(3, 15); // all four: 4 - 1
  });

  it("gives the 10,845 of METHOD for XQuAD-R's pool", () => {
    // 13,014 * 10/12 = 10,845 exactly; with N + 1: 10,845.83
    expect((13_014 * 10) / 12).toBe(10_845);
    expect(expectedRankDistance(13_014, 11)).toBeCloseTo(10_845 + 10 / 12, 9);
  });

  it("is met by drawing ranks", () => {
    const random = createRandom(5).fork("ranks");
    const [nPool, nRelevant, nDraws] = [200, 5, 4000];
    let sum = 0;
    for (let i = 0; i < nDraws; i++) {
      const ranks = random.shuffle(Array.from({ length: nPool }, (_, r) => r + 1)).slice(0, nRelevant);
      sum += rankDistance(ranks.sort((a, b) => a - b));
    }
    // mean 201 * 4/6 = 134; one distance has sd ~36, so the mean of 4000 has 0.57: five of them
    expect(Math.abs(sum / nDraws - expectedRankDistance(nPool, nRelevant))).toBeLessThan(2.9);
  });
});
