import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimateMinMax, smooth } from "./decimate.ts";

const line = (values: number[], steps = values.map((_, i) => i)) => ({
  steps,
  values,
  length: values.length,
});

describe("decimateMinMax", () => {
  it("keeps a short line whole", () => {
    expect(decimateMinMax(line([3, 1, 2]), 10).map(({ value }) => value)).toEqual([3, 1, 2]);
  });

  it("keeps the lowest and highest of each stretch, in order", () => {
    // Steps 0-9 in 2 stretches of 4.5: inner points 1-4 (values 9 1 5 5) and 5-8 (2 8 3 7), ends 0 and 9.
    const kept = decimateMinMax(line([0, 9, 1, 5, 5, 2, 8, 3, 7, 4]), 2);
    expect(kept).toEqual([
      { step: 0, value: 0 },
      { step: 1, value: 9 },
      { step: 2, value: 1 },
      { step: 5, value: 2 },
      { step: 6, value: 8 },
      { step: 9, value: 4 },
    ]);
  });

  it("ignores what lies behind `length`", () => {
    expect(decimateMinMax({ steps: [0, 1, 2], values: [1, 2, 99], length: 2 }, 1)).toHaveLength(2);
  });

  it("never loses a peak, keeps the ends, stays ascending and within its bound", () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 60 }), (numbers, buckets) => {
        const kept = decimateMinMax(line(numbers), buckets);
        expect(kept.length).toBeLessThanOrEqual(Math.max(2 * buckets + 2, 1));
        expect(Math.max(...kept.map(({ value }) => value))).toBe(Math.max(...numbers));
        expect(Math.min(...kept.map(({ value }) => value))).toBe(Math.min(...numbers));
        expect(kept[0]!.step).toBe(0);
        expect(kept.at(-1)!.step).toBe(numbers.length - 1);
        for (let i = 1; i < kept.length; i++) expect(kept[i]!.step).toBeGreaterThan(kept[i - 1]!.step);
      }),
    );
  });

  it("refuses less than one stretch", () => {
    expect(() => decimateMinMax(line([1]), 0)).toThrow("buckets must be >= 1, got 0");
  });
});

describe("smooth", () => {
  it("weighs both sides alike, half as much a half-life away, over the weights that there are", () => {
    // half-life 10, points 10 and 20 steps apart: weights 1, 1/2, 1/8 from the first; 1/2, 1, 1/4; 1/8, 1/4, 1
    const smoothed = smooth(line([8, 4, 0], [0, 10, 30]), 10).values;
    [(8 + 4 / 2) / (13 / 8), (8 / 2 + 4) / (7 / 4), (8 / 8 + 4 / 4) / (11 / 8)].forEach((value, i) =>
      expect(smoothed[i]).toBeCloseTo(value, 12),
    );
  });

  it("leaves a constant alone, and a slope where it is", () => {
    expect(smooth(line([2, 2, 2], [1, 5, 6]), 10).values).toEqual([2, 2, 2]);
    const slope = line(Array.from({ length: 401 }, (_, i) => i));
    expect(smooth(slope, 10).values[200]).toBeCloseTo(200, 9);
  });

  it("gives the first value no more say than any other: falling noise starts among its neighbours", () => {
    // 10 once, then 1: 25 neighbours outweigh it soon, where a mean that starts at 10 would still be above 2 after 30 steps
    const smoothed = smooth(line([10, ...Array<number>(200).fill(1)]), 10).values;
    expect(smoothed[0]).toBeLessThan(2);
    expect(smoothed[30]).toBeLessThan(1.05);
  });
});
