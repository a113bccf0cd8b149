// Mixes and weights that follow from the spec and the step alone.
import { describe, expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { parseValue } from "../spec/fieldText.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath, type ExperimentSpec, type KindWeights, type SpecPath } from "../spec/spec.ts";
import { ratioAt } from "./ratioAt.ts";
import { weightsAt } from "./weightsAt.ts";

function specWith(settings: Partial<Record<SpecPath, string>>): ExperimentSpec {
  return Object.entries(settings).reduce((spec, [path, text]) => {
    const checked = parseValue(path as SpecPath, text);
    if (!("value" in checked)) throw new Error(checked.problem.message);
    return withPath(spec, path as SpecPath, checked.value);
  }, DEFAULT_SPEC);
}
const sum = (weights: KindWeights) => Object.values(weights).reduce((a, b) => a + b, 0);

describe("the mix at a step", () => {
  it("grows with competence: fast at first, then slower", () => {
    const spec = specWith({
      "batch.schedule": "competence",
      "batch.ratio": "mono:1",
      "batch.ratioEnd": "cross:1",
      steps: "101",
    });
    // t = 0: c = 0.01; t = 0.25: sqrt(0.25 (1 - 0.0001) + 0.0001) = sqrt(0.250075); t = 1: 1
    expect([0, 25, 100].map((step) => ratioAt(spec, step).cross)).toEqual([0.01, Math.sqrt(0.250075), 1]);
  });

  it("runs straight between the points of a curve, and holds outside them", () => {
    const spec = specWith({
      "batch.schedule": "drawn",
      "batch.curve": "0.25,0.5,0.75:1,0.5,0:0,0.5,0:0,0,1",
      steps: "101",
    });
    const of = (step: number) => Object.values(ratioAt(spec, step));
    expect(of(0)).toEqual([1, 0, 0, 0]);
    expect(of(25)).toEqual([1, 0, 0, 0]);
    expect(of(40)).toEqual([0.7, 0.3, 0, 0].map((x) => expect.closeTo(x, 12) as number)); // 0.6 of the way
    expect(of(50)).toEqual([0.5, 0.5, 0, 0]);
    expect(of(100)).toEqual([0, 0, 1, 0]);
  });

  it("is drawn anew every so many steps by the random control, above the floor", () => {
    const spec = specWith({ "batch.schedule": "random", "rule.every": "5", "rule.floor": "0.1" });
    const mixes = Array.from({ length: 300 }, (_, step) => ratioAt(spec, step));
    expect(mixes[4]).toEqual(mixes[0]);
    expect(mixes[5]).not.toEqual(mixes[0]);
    expect(new Set(mixes.map(({ mono }) => mono)).size).toBe(60);
    for (const mix of mixes) {
      expect(sum(mix)).toBeCloseTo(1, 12);
      expect([mix.multi, mix.mixedMono]).toEqual([0, 0]); // kinds of the mix only
      expect(Math.min(mix.mono, mix.cross)).toBeGreaterThanOrEqual(0.1);
    }
    expect(ratioAt(withPath(spec, "seed", 2), 0)).not.toEqual(mixes[0]);
  });

  it("is the spec's own until a rule decides", () => {
    const spec = specWith({ "batch.schedule": "exp3", "batch.ratio": "mono:0.3,cross:0.7" });
    expect(ratioAt(spec, 100)).toBe(spec.batch.ratio);
  });
});

describe("the loss weights at a step", () => {
  it("are the spec's very own where nothing moves them", () => {
    expect(weightsAt(DEFAULT_SPEC, 7)).toBe(DEFAULT_SPEC.loss.weights);
  });

  it("follow a curve, which need not sum to anything", () => {
    const spec = specWith({ "loss.weighting": "drawn", "loss.curve": "0,1:1,3:2,2:1,1:1,1", steps: "3" });
    expect(weightsAt(spec, 1)).toEqual(ofKinds({ mono: 2, cross: 2 }, 1));
  });

  it("sum to the number of kinds in the random control, times the spec's own", () => {
    const spec = specWith({ "loss.weighting": "random", "loss.weights": "mono:2,cross:2,multi:5" });
    for (const step of [0, 10, 20]) {
      const { mono, cross, multi, mixedMono } = weightsAt(spec, step);
      expect(mono + cross).toBeCloseTo(2 * 2, 12);
      expect([multi, mixedMono]).toEqual([5, 0]); // of no kind that is used
    }
    expect(weightsAt(spec, 10)).not.toEqual(weightsAt(spec, 0));
  });
});
