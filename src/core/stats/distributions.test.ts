import { expect, it } from "vitest";
import { studentT95 } from "../series/interval.ts";
import { fisherUpper, studentQuantile, studentUpper } from "./distributions.ts";

it("has the quantiles of tables, and of degrees of freedom between them", () => {
  for (const df of [1, 2, 5, 30]) expect(studentQuantile(0.975, df)).toBe(studentT95(df));
  expect(studentUpper(studentQuantile(0.9, 2.5), 2.5)).toBeCloseTo(0.1, 13);
  expect(studentUpper(-1, 4)).toBeCloseTo(1 - studentUpper(1, 4), 12);
  expect(fisherUpper(studentQuantile(0.975, 7) ** 2, 1, 7)).toBeCloseTo(0.05, 12); // F(1, df) = t(df)^2
  expect(fisherUpper(0, 2, 3)).toBe(1);
  expect(() => studentQuantile(1, 3)).toThrow("between 0 and 1");
});

it("keeps ten digits far out in the tails, where one minus the rest has none", () => {
  // scipy 1.17.1: stats.f.sf(56.16, 6, 72), stats.t.sf(9.1, 45)
  expect(fisherUpper(56.16, 6, 72) / 3.3668635527497017e-25).toBeCloseTo(1, 10);
  expect(studentUpper(9.1, 45) / 4.579468553219286e-12).toBeCloseTo(1, 10);
  expect([studentUpper(Infinity, 3), studentUpper(-Infinity, 3), fisherUpper(Infinity, 1, 2)]).toEqual([
    0, 1, 0,
  ]);
});
