import { expect, it } from "vitest";
import { studentT95 } from "../../series/interval.ts";
import { fisherUpper, studentQuantile, studentUpper } from "./distributions.ts";

it("has the quantiles of tables, and of degrees of freedom between them", () => {
  for (const df of [1, 2, 5, 30]) expect(studentQuantile(0.975, df)).toBeCloseTo(studentT95(df), 4);
  expect(studentUpper(studentQuantile(0.9, 2.5), 2.5)).toBeCloseTo(0.1, 8);
  expect(studentUpper(-1, 4)).toBeCloseTo(1 - studentUpper(1, 4), 12);
  expect(fisherUpper(studentQuantile(0.975, 7) ** 2, 1, 7)).toBeCloseTo(0.05, 7); // F(1, df) = t(df)^2
  expect(fisherUpper(0, 2, 3)).toBe(1);
  expect(() => studentQuantile(1, 3)).toThrow("between 0 and 1");
});
