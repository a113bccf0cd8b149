import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTargetBatches } from "./targetBatches.ts";
import type { TextPlace } from "./targets.ts";

// Text n of 10 is one piece n, and its target is (n).
const tokens = [Array.from({ length: 10 }, (_, n) => Int32Array.of(n))];
const places = tokens[0]!.map((_, at): TextPlace => ({ list: 0, at }));
const targets = { width: 1, of: (some: readonly TextPlace[]) => Float32Array.from(some, ({ at }) => at) };
const concepts = [Int32Array.from({ length: 10 }, (_, n) => n + 100)];
const batches = (batchSize: number, kinds = [{ places, draw: 1 }]) =>
  createTargetBatches({ tokens, concepts }, kinds, targets, { batchSize, random: createRandom(3) });

describe("createTargetBatches", () => {
  it("gives each text its target, and each text at most once in a pass", () => {
    const made = batches(4);
    const seen = [0, 1].flatMap((step) => {
      const { texts, targets: own, concepts: same } = made.at(step);
      expect([...same]).toEqual(Array.from(own, (n) => n + 100));
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

  it("draws a share of a kind of texts in each pass, another one in the next", () => {
    const [often, seldom] = [places.slice(0, 6), places.slice(6)]; // 6 texts, and a quarter of 4
    const made = batches(7, [
      { places: often, draw: 1 },
      { places: seldom, draw: 0.25 },
    ]);
    const passes = Array.from({ length: 20 }, (_, step) => [...made.at(step).targets].sort());
    for (const pass of passes) expect(pass.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(passes.map((pass) => pass[6])).size).toBe(4);
  });

  it("has all texts where there are fewer than asked for", () => {
    expect([...batches(99).at(5).targets].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
