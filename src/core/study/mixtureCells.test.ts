import { describe, expect, it } from "vitest";
import { latticeSize, MIXED_KINDS, mixtureRatios } from "./mixtureCells.ts";

const sums = (ratios: ReturnType<typeof mixtureRatios>) =>
  ratios.map((ratio) => MIXED_KINDS.reduce((sum, kind) => sum + ratio[kind], 0));
const plain = (ratios: ReturnType<typeof mixtureRatios>) =>
  ratios.map((ratio) => MIXED_KINDS.map((kind) => ratio[kind]));

describe("a lattice {3, m}", () => {
  // C(m + 2, 2): 3, 6, 10, 15, 21
  it.each([
    [1, 3],
    [2, 6],
    [3, 10],
    [4, 15],
    [5, 21],
  ])("with shares of 1/%i has %i cells", (parts, size) => {
    const ratios = mixtureRatios({ kind: "lattice", parts });
    expect([ratios.length, latticeSize(parts)]).toEqual([size, size]);
    expect(new Set(ratios.map((ratio) => JSON.stringify(ratio))).size).toBe(size);
    for (const sum of sums(ratios)) expect(sum).toBeCloseTo(1, 5);
  });

  it("begins with the pure kinds, then blends of two", () => {
    expect(plain(mixtureRatios({ kind: "lattice", parts: 2 }))).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.5, 0.5, 0],
      [0.5, 0, 0.5],
      [0, 0.5, 0.5],
    ]);
  });
});

it("a centroid has 2^3 - 1 cells, the even blend of each set of kinds", () => {
  const third = 0.333333;
  expect(plain(mixtureRatios({ kind: "centroid" }))).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0.5, 0.5, 0],
    [0.5, 0, 0.5],
    [0, 0.5, 0.5],
    [third, third, third],
  ]);
});

it("the axial design adds the points half-way from the centre to each pure kind", () => {
  const cells = mixtureRatios({ kind: "axial" });
  expect(cells.length).toBe(10);
  // (1 + 1/3) / 2 = 2/3 and (0 + 1/3) / 2 = 1/6
  expect(plain(cells.slice(7))).toEqual([
    [0.666667, 0.166667, 0.166667],
    [0.166667, 0.666667, 0.166667],
    [0.166667, 0.166667, 0.666667],
  ]);
});
