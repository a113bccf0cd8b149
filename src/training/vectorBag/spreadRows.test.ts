import { describe, expect, it } from "vitest";
import { meanLength } from "./startRows.ts";
import { spreadRows } from "./spreadRows.ts";

/** Scaled to this mean length of the rows that are not zero. */
const ofLength = (length: number, rows: readonly number[]) => {
  const scale = length / meanLength(Float32Array.from(rows), 2);
  return rows.map((x) => scale * x);
};
const close = (got: Float32Array, expected: readonly number[]) => {
  expect(got).toHaveLength(expected.length);
  expected.forEach((x, i) => expect(got[i]).toBeCloseTo(x, 5));
};

describe("spreadRows", () => {
  // E'E = diag(4 + 4, 1 + 1): shares 1 and 1/4, so the second direction is strengthened by (1/4) ^ (-spread / 2) = 2 ^ spread.
  const rows = Float32Array.of(2, 1, 2, -1, 0, 0);

  it("leaves rows alone at spread 0 and lengths 1", () => {
    close(spreadRows(rows, 2, { spread: 0, lengths: 1 }), [2, 1, 2, -1, 0, 0]);
  });

  it("gives all directions one strength at spread 1, and half of that at a half; zeros and the mean length stay", () => {
    close(spreadRows(rows, 2, { spread: 1, lengths: 1 }), ofLength(Math.sqrt(5), [2, 2, 2, -2, 0, 0]));
    close(
      spreadRows(rows, 2, { spread: 0.5, lengths: 1 }),
      ofLength(Math.sqrt(5), [2, Math.SQRT2, 2, -Math.SQRT2, 0, 0]),
    );
  });

  it("finds directions that lie across the axes", () => {
    // Turned by 45 degrees: (2, 1) is 2 along u = (1, 1) / √2 and 1 along v = (-1, 1) / √2.
    const r = Math.SQRT1_2;
    const turned = Float32Array.of(2 * r - r, 2 * r + r, 2 * r + r, 2 * r - r);
    close(spreadRows(turned, 2, { spread: 1, lengths: 1 }), ofLength(Math.sqrt(5), [0, 1, 1, 0]));
  });

  it("shortens long rows by a power of their length", () => {
    close(
      spreadRows(Float32Array.of(3, 4, 0, 1), 2, { spread: 0, lengths: 0.5 }),
      ofLength(3, [3 / Math.sqrt(5), 4 / Math.sqrt(5), 0, 1]),
    );
    close(spreadRows(Float32Array.of(3, 4, 0, 1), 2, { spread: 0, lengths: 0 }), [3 * 0.6, 3 * 0.8, 0, 3]);
  });

  it("does not blow up a direction that no row has", () => {
    const flat = spreadRows(Float32Array.of(3, 0, 5, 0), 2, { spread: 1, lengths: 1 });
    close(flat, [3, 0, 5, 0]);
  });
});
