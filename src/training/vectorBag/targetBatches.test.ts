import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTargetBatches } from "./targetBatches.ts";
import type { TextPlace } from "./targets.ts";

// Text n of 10 is one piece n, and its target is (n).
const tokens = [Array.from({ length: 10 }, (_, n) => Int32Array.of(n))];
const places = tokens[0]!.map((_, at): TextPlace => ({ list: 0, at }));
const targets = { width: 1, of: (some: readonly TextPlace[]) => Float32Array.from(some, ({ at }) => at) };
const batches = (batchSize: number) =>
  createTargetBatches(tokens, places, targets, { batchSize, random: createRandom(3) });

describe("createTargetBatches", () => {
  it("gives each text its target, and each text at most once in a pass", () => {
    const made = batches(4);
    const seen = [0, 1].flatMap((step) => {
      const { texts, targets: own } = made.at(step);
      expect([...texts.tokens]).toEqual([...own]);
      expect(texts.offsets).toHaveLength(5);
      return [...texts.tokens];
    });
    expect(new Set(seen).size).toBe(8); // 10 texts hold two batches of 4; two are left over
    expect([...made.at(2).texts.tokens, ...made.at(3).texts.tokens]).not.toEqual(seen); // another order
  });

  it("depends on the step alone, in whatever order it is asked", () => {
    const [one, two] = [batches(4), batches(4)];
    const forward = [0, 1, 2, 3].map((step) => [...one.at(step).targets]);
    const back = [3, 2, 1, 0].map((step) => [...two.at(step).targets]).reverse();
    expect(back).toEqual(forward);
  });

  it("has all texts where there are fewer than asked for", () => {
    expect([...batches(99).at(5).targets].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
