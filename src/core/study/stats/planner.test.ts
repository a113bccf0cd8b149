import { describe, expect, it } from "vitest";
import { quantile } from "../../stats/bootstrap.ts";
import { plannedLooks } from "./looks.ts";
import { detectableEffect, findingEffects, powerOf, seedsNeeded, simulatedPower } from "./planner.ts";

describe("the planner, for one comparison", () => {
  it("knows what is found with power .8, in SDs of the paired difference", () => {
    // STUDIES 3, simulated by others; of six seeds all must be positive: .8^(1/6) = .9635 = Phi(1.793)
    const known = { 6: 1.78, 7: 1.34, 8: 1.19, 10: 1.02, 12: 0.9 };
    for (const [n, effect] of Object.entries(known)) {
      expect(Math.abs(detectableEffect(Number(n))! - effect)).toBeLessThan(0.03);
    }
    expect(Math.abs(detectableEffect(6)! - 1.793)).toBeLessThan(0.03);
    expect(detectableEffect(5)).toBeUndefined();
  });

  it("knows the power at 1.4 SD", () => {
    // of six seeds all positive: Phi(1.4)^6 = .9192^6 = .603
    for (const [n, power] of [
      [6, 0.603],
      [7, 0.83],
      [8, 0.91],
    ] as const) {
      expect(Math.abs(powerOf(1.4, n) - power)).toBeLessThan(0.02);
    }
    expect(powerOf(1.4, 5)).toBe(0);
  });

  it("wants ten seeds or eleven for one SD, and goes on beyond its table", () => {
    expect([10, 11]).toContain(seedsNeeded(1));
    // (t(.975, n - 1) + .8416) / sqrt(n) at 12: 3.0426 / 3.4641 = .8783; at 34: 2.8761 / 5.8310 = .4933
    expect(detectableEffect(34)! / detectableEffect(12)!).toBeCloseTo(0.4933 / 0.8783, 3);
    expect(seedsNeeded(0.05)).toBeUndefined();
    const simulated = simulatedPower(detectableEffect(14)!, [{ n: 14, spent: 0.05 }], 1, 400);
    expect(Math.abs(simulated - 0.8)).toBeLessThan(3 * 0.02); // sd of .8 in 400
  });
});

describe("the planner, for a family", () => {
  it("wants more for more cells, and for more power", () => {
    const cells = [1, 2, 5, 9, 15, 30].map((k) => detectableEffect(8, k)!);
    const powers = [0.5, 0.8, 0.9].map((power) => detectableEffect(8, 9, power)!);
    for (const list of [cells, powers]) expect([...list].sort((a, b) => a - b)).toEqual(list);
  });

  it("has in its table what the test itself does", () => {
    // sd of a .8 quantile of 300: sqrt(.16 / 300) / density; about .023 / .6 = .04
    const effects = findingEffects(7, 4, 300);
    expect(Math.abs(quantile(effects, 0.8) - detectableEffect(7, 4)!)).toBeLessThan(3 * 0.04);
  });

  it("promises little less for a planned look between", () => {
    const once = simulatedPower(1.2, plannedLooks([9]), 1, 500);
    const twice = simulatedPower(1.2, plannedLooks([6, 9]), 1, 500);
    expect(twice).toBeLessThanOrEqual(once);
    expect(once - twice).toBeLessThan(0.08);
  });
});
