import { expect, it } from "vitest";
import { studentT95 } from "../../series/interval.ts";
import { fisherUpper, studentQuantile, studentUpper } from "./distributions.ts";
import { pairedDifference, seedInterval } from "./pairedDifference.ts";

it("takes means, intervals and p from the differences of each seed", () => {
  // d = 1, 2, 3: mean 2, sd 1, t(.975, 2) = 4.30265, half 4.30265 / sqrt(3) = 2.48414; of 8 sign patterns +++ and --- reach 6
  const found = pairedDifference([2, 4, 6], [1, 2, 3]);
  expect(found.mean).toBe(2);
  expect(found.sd).toBe(1);
  expect(found.low).toBeCloseTo(2 - 2.48414, 4);
  expect(found.high).toBeCloseTo(2 + 2.48414, 4);
  expect(found.p).toBe(2 / 8);
});

it("gives one seed no interval, and refuses pairs that are none", () => {
  expect(seedInterval([3])).toEqual({ n: 1, mean: 3 });
  expect(() => pairedDifference([1, 2], [1])).toThrow("2 values against 1");
  expect(() => seedInterval([])).toThrow("at least one value");
});

it("has the quantiles of tables, and of degrees of freedom between them", () => {
  for (const df of [1, 2, 5, 30]) expect(studentQuantile(0.975, df)).toBeCloseTo(studentT95(df), 4);
  expect(studentUpper(studentQuantile(0.9, 2.5), 2.5)).toBeCloseTo(0.1, 8);
  expect(studentUpper(-1, 4)).toBeCloseTo(1 - studentUpper(1, 4), 12);
  expect(fisherUpper(studentQuantile(0.975, 7) ** 2, 1, 7)).toBeCloseTo(0.05, 7); // F(1, df) = t(df)^2
  expect(fisherUpper(0, 2, 3)).toBe(1);
  expect(() => studentQuantile(1, 3)).toThrow("between 0 and 1");
});
