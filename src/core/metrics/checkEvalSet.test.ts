// An evaluation set that cannot be right is refused by what is wrong with it.
import { describe, expect, it } from "vitest";
import { averagePrecision, ndcgAt, recallAt } from "./averagePrecision.ts";
import { checkEvalSet } from "./checkEvalSet.ts";
import type { EvalSet } from "./evaluation.ts";
import { expectedRankDistance, rankDistance } from "./rankDistance.ts";

const SET: EvalSet = {
  languages: ["en", "sw"],
  queryLangs: Uint16Array.of(0, 1, 1),
  passageLangs: Uint16Array.of(0, 0, 1),
  relevantOffsets: Int32Array.of(0, 2, 2, 3),
  relevant: Int32Array.of(0, 2, 1),
  tieOrder: Int32Array.of(2, 0, 1),
};

describe("checkEvalSet", () => {
  it("takes a whole set, a query without a relevant passage, and none at all", () => {
    expect(() => checkEvalSet(SET)).not.toThrow();
    const none = new Uint16Array(0);
    const empty = { languages: [], queryLangs: none, passageLangs: none, relevantOffsets: Int32Array.of(0) };
    expect(() =>
      checkEvalSet({ ...empty, relevant: new Int32Array(0), tieOrder: new Int32Array(0) }),
    ).not.toThrow();
  });

  it.each<[string, Partial<EvalSet>, string]>([
    [
      "a query's language",
      { queryLangs: Uint16Array.of(0, 2, 1) },
      "query 1 has language 2, must be below 2",
    ],
    [
      "a passage's language",
      { passageLangs: Uint16Array.of(0, 0, 9) },
      "passage 2 has language 9, must be below 2",
    ],
    [
      "too few offsets",
      { relevantOffsets: Int32Array.of(0, 2, 3) },
      "must start at 0 and have 4 entries, got 3",
    ],
    ["a first offset", { relevantOffsets: Int32Array.of(1, 2, 2, 3) }, "must start at 0 and have 4 entries"],
    ["a last offset", { relevantOffsets: Int32Array.of(0, 2, 2, 2) }, "must end at 3, got 2"],
    ["falling offsets", { relevantOffsets: Int32Array.of(0, 3, 2, 3) }, "relevantOffsets fall after query 1"],
    [
      "a passage beyond the pool",
      { relevant: Int32Array.of(0, 3, 1) },
      "query 0 names passage 3, must be in [0, 3)",
    ],
    ["a passage below 0", { relevant: Int32Array.of(0, -1, 1) }, "query 0 names passage -1"],
    ["a passage twice", { relevant: Int32Array.of(2, 2, 1) }, "query 0 names passage 2 twice"],
    ["too few grades", { grades: Uint8Array.of(1, 2) }, "grades must be 3 numbers from 1"],
    ["a grade of 0", { grades: Uint8Array.of(1, 0, 2) }, "grades must be 3 numbers from 1"],
    ["too few ties", { tieOrder: Int32Array.of(0, 1) }, "tieOrder must have 3 entries, got 2"],
    [
      "a tie twice",
      { tieOrder: Int32Array.of(0, 1, 1) },
      "tieOrder must be a permutation of 0 to 2, passage 2 has 1",
    ],
    ["a tie beyond", { tieOrder: Int32Array.of(0, 1, 3) }, "passage 2 has 3"],
  ])("refuses %s", (_, changes, message) => {
    expect(() => checkEvalSet({ ...SET, ...changes })).toThrow(`evaluation set: `);
    expect(() => checkEvalSet({ ...SET, ...changes })).toThrow(message);
  });

  it("takes one passage for two queries", () => {
    expect(() => checkEvalSet({ ...SET, relevant: Int32Array.of(0, 2, 2) })).not.toThrow();
  });
});

describe("measures of a query", () => {
  it("have no value without a relevant passage: 0 would drag a mean down", () => {
    expect(() => averagePrecision([])).toThrow("no relevant candidate");
    expect(() => recallAt(1, [])).toThrow("no relevant candidate");
    expect(() => ndcgAt(1, [])).toThrow("no relevant candidate");
    expect(() => rankDistance([4])).toThrow("needs at least 2 relevant candidates, got 1");
    expect(() => expectedRankDistance(1, 2)).toThrow("needs 2 <= R <= N, got R = 2, N = 1");
    expect(() => expectedRankDistance(5, 1)).toThrow("got R = 1, N = 5");
  });

  it("read the first R entries of a longer buffer and no more", () => {
    const buffer = Int32Array.of(1, 3, 2, 2, 2);
    expect(averagePrecision(buffer, 2)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect([recallAt(2, buffer, 2), rankDistance(buffer, 2)]).toEqual([0.5, 2]);
    // 3 at rank 1 and 1 at rank 3, of an ideal 3 at 1 and 1 at 2; the third grade is not of this query
    const ideal = 3 + 1 / Math.log2(3);
    expect(ndcgAt(10, buffer, 2, Uint8Array.of(3, 1, 9))).toBeCloseTo((3 + 1 / 2) / ideal, 12);
  });

  it("are the mean over every placing: the expected distance by counting them all", () => {
    for (const [pool, relevant] of [
      [5, 2],
      [6, 3],
      [4, 4],
    ] as const) {
      const distances: number[] = [];
      for (let mask = 0; mask < 2 ** pool; mask++) {
        const ranks = Array.from({ length: pool }, (_, i) => i + 1).filter(
          (rank) => mask & (1 << (rank - 1)),
        );
        if (ranks.length === relevant) distances.push(rankDistance(ranks));
      }
      const mean = distances.reduce((a, b) => a + b, 0) / distances.length;
      expect(expectedRankDistance(pool, relevant)).toBeCloseTo(mean, 10);
    }
  });
});
