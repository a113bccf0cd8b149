import { describe, expect, it } from "vitest";
import { directionsOf, strongestDirections } from "./directions.ts";

/** Rows (2, 1), (2, -1), (0, 0) in the plane of u = (3, 4, 0) / 5 and v = (0, 0, 1): 8 along u, 2 along v, nothing across. */
const ROWS = Float32Array.of(1.2, 1.6, 1, 1.2, 1.6, -1, 0, 0, 0);
const close = (got: Float32Array, expected: readonly number[]) => {
  expect(got).toHaveLength(expected.length);
  expected.forEach((x, i) => expect(Math.abs(got[i]!)).toBeCloseTo(x, 5)); // a direction has no sign
};

describe("directionsOf", () => {
  it("finds the sum of squares along each direction", () => {
    const { strengths } = directionsOf(ROWS, 3);
    [...strengths].sort((a, b) => b - a).forEach((x, i) => expect(x).toBeCloseTo([8, 2, 0][i]!, 5));
  });
});

describe("strongestDirections", () => {
  it("keeps where the rows lie along the strongest, which come first", () => {
    close(strongestDirections(ROWS, 3, 1), [2, 2, 0]);
    close(strongestDirections(ROWS, 3, 2), [2, 1, 2, 1, 0, 0]);
  });

  it("keeps every product of two rows where it keeps all that they have", () => {
    const rows = strongestDirections(ROWS, 3, 2);
    const product = (a: number, b: number) =>
      rows[2 * a]! * rows[2 * b]! + rows[2 * a + 1]! * rows[2 * b + 1]!;
    expect(product(0, 1)).toBeCloseTo(3, 5); // 2 * 2 - 1 * 1
    expect(product(0, 0)).toBeCloseTo(5, 5);
  });
});
