import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { directions, startVectors } from "./startVectors.ts";
import { joinLanguages } from "./translations.ts";

const alignment = (cells: [source: number, target: number, count: number][]) => ({
  source: Int32Array.from(cells, ([source]) => source),
  target: Int32Array.from(cells, ([, target]) => target),
  counts: Float64Array.from(cells, ([, , count]) => count),
});

describe("joinLanguages", () => {
  it("divides by a piece's sentences and one more, languages by their weight", () => {
    // Piece 2: language A (weight 1) has it in 3 sentences, in 2 of them as piece 0; B (weight 0.5) in 1, as piece 1.
    // Total 1 * (3 + 1) + 0.5 * (1 + 1) = 5, so p(0 | 2) = 2 / 5 and p(1 | 2) = 0.5 / 5.
    const found = joinLanguages(
      [
        { weight: 1, alignment: alignment([[2, 0, 2]]), counts: Float64Array.of(0, 0, 3) },
        { weight: 0.5, alignment: alignment([[2, 1, 1]]), counts: Float64Array.of(0, 0, 1) },
      ],
      Float64Array.of(4, 0, 0), // piece 0 is English: it stands for itself
    );
    expect([...found.offsets]).toEqual([0, 1, 1, 3]);
    expect([...found.targets]).toEqual([0, 0, 1]);
    expect([...found.shares]).toEqual([1, Math.fround(0.4), Math.fround(0.1)]);
  });
});

describe("startVectors", () => {
  const width = 64;
  const random = createRandom(5);
  const own = directions(4, width, random);
  const row = (table: Float32Array, piece: number) => table.subarray(piece * width, (piece + 1) * width);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, d) => sum + x * b[d]!, 0);

  it("draws unit directions, each piece's by its id alone", () => {
    expect(dot(row(own, 3), row(own, 3))).toBeCloseTo(1, 6);
    expect(row(directions(2, width, random), 1)).toEqual(row(own, 1));
  });

  it("believes a common translation less", () => {
    // Piece 1 always stands beside piece 0, whose weight is 1/4: m = sqrt(1/4) r0, the rest sqrt(3/4).
    const always = { offsets: Int32Array.of(0, 0, 1), targets: Int32Array.of(0), shares: Float32Array.of(1) };
    const vectors = startVectors(always, Float32Array.of(0.25, 1), { width, strength: 1, random });
    const expected = row(own, 0).map((x, d) => 0.5 * x + Math.sqrt(0.75) * row(own, 1)[d]!);
    row(vectors, 1).forEach((x, d) => expect(x).toBeCloseTo(expected[d]!, 6));
  });

  it("turns a piece to its translations as far as they are known", () => {
    // Piece 1 is piece 0 in half of its sentences: m = 0.5 r0, so the vector is 0.5 r0 + sqrt(0.75) r1. Piece 2 is
    // piece 0 always: with strength 3, m is cut to r0 itself. Of piece 3 nothing is known.
    const vectors = startVectors(
      {
        offsets: Int32Array.of(0, 1, 2, 3, 3),
        targets: Int32Array.of(0, 0, 0),
        shares: Float32Array.of(1, 0.5, 1),
      },
      Float32Array.of(1, 1, 1, 1),
      { width, strength: 1, random },
    );
    const expected = row(own, 0).map((x, d) => 0.5 * x + Math.sqrt(0.75) * row(own, 1)[d]!);
    row(vectors, 1).forEach((x, d) => expect(x).toBeCloseTo(expected[d]!, 6));
    row(vectors, 2).forEach((x, d) => expect(x).toBeCloseTo(row(own, 0)[d]!, 3)); // sqrt of a rounding error is left
    expect(row(vectors, 3)).toEqual(row(own, 3));
  });
});
