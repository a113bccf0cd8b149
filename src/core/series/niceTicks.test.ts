import fc from "fast-check";
import { expect, it } from "vitest";
import { niceTicks } from "./niceTicks.ts";

it("chooses round steps", () => {
  expect(niceTicks(0, 0.38, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(niceTicks(0, 300, 7)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  expect(niceTicks(1.5, 4.3, 6)).toEqual([1, 2, 3, 4, 5]);
  expect(niceTicks(0, 0, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});

it("covers any range with few, rising numbers", () => {
  const bound = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(bound, bound, fc.integer({ min: 3, max: 12 }), (a, b, most) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      fc.pre(high - low > 1e-6 || high === low);
      const ticks = niceTicks(low, high, most);
      const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
      expect(ticks[0]!).toBeLessThanOrEqual(low + slack);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(high - slack);
      expect(ticks.length).toBeLessThanOrEqual(most);
      for (let i = 1; i < ticks.length; i++) expect(ticks[i]!).toBeGreaterThan(ticks[i - 1]!);
    }),
  );
});

it("refuses a range that is none", () => {
  expect(() => niceTicks(2, 1, 5)).toThrow("needs low <= high, got 2 and 1");
});
