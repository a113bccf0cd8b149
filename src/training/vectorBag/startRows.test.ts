import { describe, expect, it } from "vitest";
import { meanLength, startRows } from "./startRows.ts";
import { readVectors, writeVectors } from "./vectorFile.ts";

/** A special piece, fifteen pieces each of (.6, .8) and (.8, .6), which are of group 0, and of group 1 (1, 0) and (-1, 0). */
const VECTORS = [
  [0, 1],
  ...Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? [0.6, 0.8] : [0.8, 0.6])),
  [1, 0],
  [-1, 0],
];
const GROUPS = [-1, ...VECTORS.slice(1, 31).map(() => 0), 1, 1];

function rowsOf(groups: readonly number[], shares = VECTORS.map(() => 0)): number[][] {
  const bytes = Buffer.concat(writeVectors(Float32Array.from(VECTORS.flat()), 2, "by hand"));
  const vectors = readVectors(bytes, "file", { count: VECTORS.length, width: 2 });
  const of = { of: Int32Array.from(groups), special: new Set([0]) };
  const rows = startRows(vectors, Float64Array.from(shares), 0.01, of);
  return VECTORS.map((_, piece) => Array.from(rows.subarray(2 * piece, 2 * piece + 2)));
}

const close = (got: readonly number[] | undefined, expected: readonly number[]) =>
  expected.forEach((x, d) => expect(got?.[d]).toBeCloseTo(x, 3));

describe("startRows", () => {
  // Mean of all but the special one: 15 * 1.4 / 32 = .65625 of both.
  const [x, y] = [1 - 0.65625, -0.65625];
  const length = Math.hypot(x, y);

  it("centres by the mean of all where no piece has a group; special pieces are zero and in no mean", () => {
    const rows = rowsOf(GROUPS.map(() => -1));
    close(rows[0], [0, 0]);
    close(rows[31], [x / length, y / length]);
    const [u, v] = [0.6 - 0.65625, 0.8 - 0.65625];
    close(rows[1], [u / Math.hypot(u, v), v / Math.hypot(u, v)]);
  });

  it("centres a group of thirty by its own mean, and a smaller one by that of all", () => {
    const rows = rowsOf(GROUPS);
    close(rows[1], [-Math.SQRT1_2, Math.SQRT1_2]); // less (.7, .7)
    close(rows[2], [Math.SQRT1_2, -Math.SQRT1_2]);
    close(rows[31], [x / length, y / length]);
  });

  it("shortens a piece by its share", () => {
    const rows = rowsOf(
      GROUPS,
      VECTORS.map((_, piece) => (piece === 1 ? 0.03 : 0)),
    );
    close(rows[1], [-Math.SQRT1_2 / 4, Math.SQRT1_2 / 4]); // .01 / (.01 + .03)
    close(rows[2], [Math.SQRT1_2, -Math.SQRT1_2]);
  });
});

describe("meanLength", () => {
  it("is that of the rows that are not zero", () => {
    expect(meanLength(Float32Array.of(0, 0, 3, 4, 0, -1), 2)).toBe(3);
  });
});
