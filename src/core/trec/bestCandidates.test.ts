import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { createBestCandidates } from "./bestCandidates.ts";

const found = (depth: number, scores: readonly number[], tieOrder: Int32Array) => {
  const best = createBestCandidates(depth, tieOrder);
  scores.forEach((score, passage) => best.offer(passage, score));
  const { passages, scores: kept } = best.finish();
  return { passages: [...passages], scores: [...kept] };
};

describe("createBestCandidates", () => {
  it("keeps the best, ties by their order", () => {
    // passages 1 and 3 tie at 0.5 and 3 stands before 1; 2 is best; 0 is not among three
    expect(found(3, [-1, 0.5, 0.75, 0.5], Int32Array.of(0, 3, 1, 2))).toEqual({
      passages: [2, 3, 1],
      scores: [0.75, 0.5, 0.5],
    });
    expect(found(4, [0.5], Int32Array.of(0))).toEqual({ passages: [0], scores: [0.5] }); // fewer than asked
  });

  it("is what a sort of all and a cut give", () => {
    const score = fc.constantFrom(-0.5, 0, 0.25, 0.5, 1); // many ties
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.nat()),
        (scores, depth, draws) => {
          const tieOrder = Int32Array.from(scores.keys());
          for (let i = tieOrder.length - 1; i > 0; i--) {
            const j = draws.next().value % (i + 1);
            [tieOrder[i], tieOrder[j]] = [tieOrder[j]!, tieOrder[i]!];
          }
          const sorted = scores
            .map((_, i) => i)
            .sort((a, b) => scores[b]! - scores[a]! || tieOrder[a]! - tieOrder[b]!);
          expect(found(depth, scores, tieOrder).passages).toEqual(sorted.slice(0, depth));
        },
      ),
    );
  });

  it("refuses a score that is no number", () => {
    expect(() => found(1, [1, NaN], Int32Array.of(0, 1))).toThrow("The score of passage 1 is not a number");
  });
});
