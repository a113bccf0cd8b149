// Shares as percentages: each alone, and all of one whole together.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percent, percents, wholeParts } from "./percent.ts";

it("says a share with a decimal where it needs one", () => {
  expect([0.7, 1 / 3, 0, 1].map(percent)).toEqual(["70 %", "33.3 %", "0 %", "100 %"]);
});

describe("shares of one whole", () => {
  it("sum to 100, where each rounded by itself would not", () => {
    expect(percents([0.675, 0.325], 0)).toEqual(["68 %", "32 %"]); // by themselves 68 and 33
    expect(percents([0.484, 0.0043, 0.5117], 0)).toEqual(["48 %", "1 %", "51 %"]); // by themselves 48, 0 and 51
    expect(percents([0.0005, 0.9995])).toEqual(["0 %", "100 %"]); // by themselves 0.1 and 100
  });

  it("read alike where they are equal", () => {
    expect(percents([1 / 3, 1 / 3, 1 / 3])).toEqual(["33.3 %", "33.3 %", "33.3 %"]);
    expect(percents([0.666667, 0.166667, 0.166667])).toEqual(["66.7 %", "16.7 %", "16.7 %"]);
    expect(percents([0.166667, 0.166667, 0.666667])).toEqual(["16.7 %", "16.7 %", "66.7 %"]); // in any order
  });

  it("are parts of any number that sum to it, each within one of its own", () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        weights.filter((all) => all.some((one) => one > 0)),
        fc.integer({ min: 1, max: 1000 }),
        (all, units) => {
          const sum = all.reduce((a, b) => a + b);
          const parts = wholeParts(
            all.map((one) => one / sum),
            units,
          );
          expect(parts.reduce((a, b) => a + b)).toBe(units);
          for (const [i, part] of parts.entries())
            expect(Math.abs(part - (all[i]! / sum) * units)).toBeLessThan(1 + 1e-6);
        },
      ),
    );
  });
});
