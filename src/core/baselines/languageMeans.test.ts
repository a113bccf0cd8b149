import { describe, expect, it } from "vitest";
import { meanVector, shifted, shiftVector } from "./languageMeans.ts";

const rows = (...vectors: number[][]) => Float32Array.from(vectors.flat());

describe("language means", () => {
  it("are the mean of each place", () => {
    expect([...meanVector(rows([1, 2], [3, 6]), 2)]).toEqual([2, 4]);
    expect([...meanVector(rows(), 2)]).toEqual([0, 0]);
  });

  it("are taken off each vector of their language, which is then of length 1", () => {
    // (3, 4) - (0, 0) has length 5; (1, 5) - (1, 1) is (0, 4); (7, 7) of a language without a mean stays.
    const shifts = [new Float64Array([0, 0]), new Float64Array([1, 1]), undefined];
    const out = shifted(rows([3, 4], [1, 5], [7, 7]), 2, [0, 1, 2], shifts);
    expect([...out]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6), 0, 1, 7, 7]);
  });

  it("leave zeros of a text that is its language's mean", () => {
    expect([...shifted(rows([1, 1]), 2, [0], [new Float64Array([1, 1])])]).toEqual([0, 0]);
  });

  it("bring a language's texts onto their translations where it only lies elsewhere", () => {
    // Two meanings, (1, 0) and (0, 1), in a language moved by (2, 2): without the mean both are as in the other language.
    const own = rows([3, 2], [2, 3]);
    const other = rows([1, 0], [0, 1]);
    const without = (vectors: Float32Array) => shifted(vectors, 2, [0, 0], [meanVector(vectors, 2)]);
    without(own).forEach((x, i) => expect(x).toBeCloseTo(without(other)[i]!, 6));
  });
});

describe("the shift of a language from the pivot", () => {
  const pivot = { vectors: rows([1, 0], [0, 1]), concepts: [7, 8] };

  it("is the mean difference between texts of one meaning", () => {
    // (3, 2) - (1, 0) and (2, 5) - (0, 1): mean of (2, 2) and (2, 4). Concept 9 has no text in the pivot.
    const own = { vectors: rows([3, 2], [2, 5], [100, 100]), concepts: [7, 8, 9] };
    expect([...shiftVector(own, pivot, 2)]).toEqual([2, 3]);
  });

  it("passes over texts that say what no other does, in either language", () => {
    const own = { vectors: rows([3, 2], [9, 9]), concepts: [7, undefined] };
    const other = { vectors: rows([1, 0], [5, 5]), concepts: [7, undefined] };
    expect([...shiftVector(own, other, 2)]).toEqual([2, 2]);
  });

  it("takes the mean of several texts of one meaning, each text counting once", () => {
    // Meaning 7 twice, mean (3, 1), less (1, 0); meaning 8 once, (0, 4) less (0, 1): (2 (2, 1) + (0, 3)) / 3
    const own = { vectors: rows([2, 0], [4, 2], [0, 4]), concepts: [7, 7, 8] };
    expect([...shiftVector(own, pivot, 2)]).toEqual([expect.closeTo(4 / 3, 12), expect.closeTo(5 / 3, 12)]);
  });

  it("is the difference of the means where no meaning is shared", () => {
    expect([...shiftVector({ vectors: rows([4, 4]), concepts: [1] }, pivot, 2)]).toEqual([3.5, 3.5]);
  });
});
