import { describe, expect, it } from "vitest";
import { levelRegion, type Blend, type Outline } from "./levelRegion.ts";

/** Share of the triangle's area that outlines enclose: by the shoelace formula in (cross, multi), whose whole is 1/2. */
const areaOf = (outlines: readonly Outline[]) =>
  outlines.reduce(
    (sum, outline) =>
      sum +
      outline.reduce((area, [, x, y], at) => {
        const [, nextX, nextY] = outline[(at + 1) % outline.length]!;
        return area + x * nextY - nextX * y;
      }, 0),
    0,
  );

const mono = ([share]: Blend) => share;

describe("the region of a level", () => {
  it("is the small triangle at a corner where the share of a kind is at least 3/4", () => {
    const [outline, ...others] = levelRegion(mono, 0.75, 10);
    expect(others).toEqual([]);
    expect(areaOf([outline!])).toBeCloseTo(1 / 16, 12); // sides of a quarter
    expect(Math.min(...outline!.map(mono))).toBeCloseTo(0.75, 12);
    for (const blend of outline!) expect(blend.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("is everything below the least value and nothing above the largest", () => {
    expect(areaOf(levelRegion(mono, 0, 7))).toBeCloseTo(1, 12);
    expect(levelRegion(mono, 1.01, 7)).toEqual([]);
  });

  it("has a hole where a bowl dips below the level", () => {
    // Squared distance from the centre in shares; below 1/24 it is the inscribed circle scaled to half: radius² = 1/24.
    const bowl = (blend: Blend) => blend.reduce((sum, share) => sum + (share - 1 / 3) ** 2, 0);
    const outlines = levelRegion(bowl, 1 / 24, 60);
    expect(outlines.length).toBe(2);
    // In the plane of shares the triangle's sides are √2, its area √3/2: what is left out is π/24 of that.
    expect(areaOf(outlines)).toBeCloseTo(1 - Math.PI / 24 / (Math.sqrt(3) / 2), 2);
    expect(outlines.map((outline) => Math.sign(areaOf([outline]))).sort()).toEqual([-1, 1]);
  });

  it("falls into two pieces round a ridge's two ends", () => {
    const ends = ([a, b]: Blend) => Math.max(a, b); // high at two corners
    expect(levelRegion(ends, 0.8, 20).map((outline) => areaOf([outline]))).toEqual([
      expect.closeTo(0.04, 12) as number,
      expect.closeTo(0.04, 12) as number,
    ]);
  });

  it("refuses a triangle of no parts", () => {
    expect(() => levelRegion(mono, 0, 0)).toThrow("parts must be a whole number >= 1, got 0");
  });
});
