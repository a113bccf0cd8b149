import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { meanInterval, studentT95 } from "./interval.ts";
import { groupBySeed } from "./seedGroups.ts";

describe("studentT95", () => {
  it("is scipy's stats.t.ppf(.975, df)", () => {
    const wanted = {
      1: 12.706204736174694,
      2: 4.302652729749462,
      9: 2.262157162798205,
      30: 2.0422724563012378,
    };
    for (const [df, t] of Object.entries(wanted)) expect(studentT95(Number(df))).toBeCloseTo(t, 11);
    expect(studentT95(31)).toBeCloseTo(2.039513446396408, 11);
    expect(studentT95(100)).toBeCloseTo(1.9839715185235518, 11);
  });

  it("refuses df below 1", () => {
    expect(() => studentT95(0)).toThrow("df must be >= 1, got 0");
  });
});

describe("meanInterval", () => {
  it("is mean +- t s / sqrt(n)", () => {
    // 1, 2, 3: mean 2, s^2 = (1 + 0 + 1) / 2 = 1; half = 4.302653 * sqrt(1 / 3) = 2.484138
    const interval = meanInterval([1, 2, 3])!;
    expect(interval.n).toBe(3);
    expect(interval.mean).toBe(2);
    expect(interval.half).toBeCloseTo(2.484138, 6);
  });

  it("has none for one value", () => {
    expect(meanInterval([0.4])).toBeUndefined();
  });
});

describe("groupBySeed", () => {
  const run = (seed: number, multi: number, device = "wasm", steps = 300) => ({
    spec: { ...DEFAULT_SPEC, seed, steps },
    summary: { "map/multi": { now: multi, step: steps } },
    device,
  });

  it("joins runs that differ in nothing but the seed", () => {
    const groups = groupBySeed([run(2, 0.3), run(1, 0.1), run(1, 0.5, "wasm", 100), run(3, 0.9, "webgpu")]);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.runs.map(({ spec }) => spec.seed)).toEqual([1, 2]);
    expect(groups[0]!.intervals["map/multi"]!.mean).toBeCloseTo(0.2, 12);
    expect(groups[0]!.intervals["map/multi"]!.half).toBeUndefined(); // two seeds say nothing of how seeds scatter
    const three = groupBySeed([run(1, 0.1), run(2, 0.3), run(3, 0.2)])[0]!.intervals["map/multi"]!;
    expect(three.half).toBeCloseTo((4.3027 * 0.1) / Math.sqrt(3), 4); // s^2 = .02 / 2
    expect(groups[0]!.intervals["map/mono"]).toBeUndefined(); // not measured
  });

  it("counts a seed that was run twice once", () => {
    expect(groupBySeed([run(1, 0.1), run(1, 0.1)])).toEqual([]);
  });
});
