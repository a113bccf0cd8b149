// Counts of a device become the same result as scores do, and counts that cannot be are refused.
import { describe, expect, it } from "vitest";
import { rankedRows } from "./countedRanks.ts";
import type { EvalSet } from "./evaluation.ts";
import { createRankCounter } from "./rankCounter.ts";
import { scoreRanks } from "../../testing/scoreRanks.ts";

// Two languages of two passages each; the first query has three relevant, the second one.
const SET: EvalSet = {
  languages: ["a", "b"],
  queryLangs: Uint16Array.of(0, 1),
  passageLangs: Uint16Array.of(0, 0, 1, 1),
  relevantOffsets: Int32Array.of(0, 3, 4),
  relevant: Int32Array.of(3, 0, 2, 1),
  tieOrder: Int32Array.of(0, 1, 2, 3),
};
// First query: order 2, 0, 1, 3. Second: order 3, 1, 0, 2.
const SCORES = Float32Array.of(0.5, 0.4, 0.9, 0.1, 0.2, 0.3, 0.1, 0.9);
const RANKS = {
  above: Float32Array.of(3, 1, 1, 0, 0, 0, 1, 0), // of passages 3, 0, 2; then of 1
  topSameLanguage: Float32Array.of(2, 2),
};

function changed(at: number, count: number) {
  const above = RANKS.above.slice();
  above[at] = count;
  return { ...RANKS, above };
}

describe("ranks counted elsewhere", () => {
  it("come out best first, with the passage each belongs to", () => {
    const [row] = rankedRows(SET, 0, 1, {
      above: RANKS.above.slice(0, 6),
      topSameLanguage: Float32Array.of(2),
    });
    expect(row!.nRelevant).toBe(3);
    expect(Array.from(row!.passages.slice(0, 3))).toEqual([2, 0, 3]);
    expect(Array.from(row!.ranks.slice(0, 3))).toEqual([1, 2, 4]);
    expect(Array.from(row!.ranksOwn.slice(0, 3))).toEqual([1, 1, 2]);
  });

  it("give the result that the scores give", () => {
    const byRanks = createRankCounter(SET);
    byRanks.addRanks(0, 2, RANKS);
    const byScores = createRankCounter(SET);
    byScores.addRanks(0, 2, scoreRanks(SET, SCORES));
    expect(byRanks.finish()).toEqual(byScores.finish());
    expect(byRanks.perQuery()).toEqual(byScores.perQuery());
  });

  it("take any number of relevant passages", () => {
    const n = 40;
    const set: EvalSet = {
      languages: ["a"],
      queryLangs: Uint16Array.of(0),
      passageLangs: new Uint16Array(n),
      relevantOffsets: Int32Array.of(0, n),
      relevant: Int32Array.from({ length: n }, (_, i) => i),
      tieOrder: Int32Array.from({ length: n }, (_, i) => i),
    };
    const above = Float32Array.from({ length: 2 * n }, (_, i) => n - 1 - (i >> 1));
    const [row] = rankedRows(set, 0, 1, { above, topSameLanguage: Float32Array.of(10) });
    expect(Array.from(row!.passages.slice(0, 3))).toEqual([39, 38, 37]);
    expect(row!.ranks[39]).toBe(40);
  });

  it("close up behind a passage that is left out, in the whole pool and in its language's", () => {
    const block = { above: RANKS.above.slice(0, 6), topSameLanguage: Float32Array.of(2) };
    const without = (...leftOut: number[]) => {
      const [row] = rankedRows({ ...SET, leftOut: Uint8Array.from([...leftOut, 0]) }, 0, 1, block);
      const n = row!.nRelevant;
      return [row!.passages, row!.ranks, row!.ranksOwn].map((column) => Array.from(column.slice(0, n)));
    };
    // Order 2, 0, 1, 3, where 1 is no answer; 2 and 3 are of one language.
    expect(without(0, 0, 1)).toEqual([[0, 3], [1, 3], [1, 1]]); // prettier-ignore
    expect(without(0, 1, 0)).toEqual([[2, 3], [1, 3], [1, 2]]); // prettier-ignore
    expect(without(1, 1, 1)).toEqual([[], [], []]);
  });

  it.each([
    ["a rank past the pool", changed(0, 4), "passage 3 of query 0 cannot have rank 5 and 2"],
    ["a better rank in the whole pool than in its part", changed(3, 2), "cannot have rank 2 and 3"],
    ["half a candidate", changed(6, 0.5), "passage 1 of query 1 cannot have rank 1.5"],
    ["two passages in one place", changed(2, 0), "query 0 has two relevant passages of rank 1"],
    ["too few counts", { ...RANKS, above: RANKS.above.slice(2) }, "must be 8 and 2"],
    [
      "a score that was no number",
      { ...RANKS, topSameLanguage: Float32Array.of(2, -1) },
      "A score of query 1 is not a number",
    ],
  ])("are refused with %s", (_, ranks, message) => {
    expect(() => createRankCounter(SET).addRanks(0, 2, ranks)).toThrow(message);
  });

  it("must come in order", () => {
    expect(() => createRankCounter(SET).addRanks(1, 1, RANKS)).toThrow("next is 0 of 2");
  });
});
