import { describe, expect, it } from "vitest";
import { followTrajectory, followWeights } from "../plan/trajectory.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { checkValue } from "../spec/checkValue.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { checkConsistency } from "../spec/resolve.ts";
import { withPath, type ExperimentSpec, type KindWeights, type SpecPath } from "../spec/spec.ts";
import { ruleControls, type RuleControl } from "./ruleControls.ts";

const of = (mono: number, cross: number): KindWeights => {
  return ofKinds({ mono, cross });
};
const apply = (spec: ExperimentSpec, { changes }: RuleControl) =>
  Object.entries(changes).reduce((now, [path, value]) => {
    expect(checkValue(path as SpecPath, value)).toEqual({ value });
    return withPath(now, path as SpecPath, value);
  }, spec);
const ratiosOf = (
  spec: ExperimentSpec,
  trajectory = [] as Parameters<typeof followTrajectory>[0],
  from = 0,
) =>
  Array.from(
    { length: spec.steps - from },
    (_, i) => followTrajectory(trajectory)(spec, from + i, from).mono,
  );

describe("controls of a run whose mix moved", () => {
  const spec = { ...DEFAULT_SPEC, steps: 300, batch: { ...DEFAULT_SPEC.batch, schedule: "exp3" as const } };
  const trajectory = [
    { step: 17, ratio: of(0.8, 0.2) },
    { step: 100, ratio: of(0.1, 0.9) },
  ];

  it("ask for the same mean, the same way backwards, and a random one", () => {
    const controls = ruleControls({ spec, trajectory });
    expect(controls.map(({ name }) => name)).toEqual(["fixed-mean", "reversed", "random"]);
    const [fixed, reversed, random] = controls.map((control) => apply(spec, control));
    for (const control of [fixed!, reversed!, random!]) expect(() => checkConsistency(control)).not.toThrow();
    // 17 steps at .5, 83 at .8, 200 at .1: (8.5 + 66.4 + 20) / 300
    expect(fixed!.batch.ratio.mono).toBeCloseTo(94.9 / 300, 6);
    expect(new Set(ratiosOf(fixed!)).size).toBe(1);
    expect(ratiosOf(reversed!)).toEqual(ratiosOf(spec, trajectory).reverse()); // to the step
    expect(reversed!.batch.curve).toHaveLength(6); // two ends and both sides of two jumps
    expect(random!.batch.schedule).toBe("random");
  });

  it("are of its own steps where it is a branch", () => {
    const [fixed, reversed] = ruleControls({ spec, trajectory: [trajectory[1]!], from: 50 });
    expect(apply(spec, fixed!).batch.ratio.mono).toBeCloseTo((50 * 0.5 + 200 * 0.1) / 250, 6);
    expect(ratiosOf(apply(spec, reversed!), [], 50)).toEqual(ratiosOf(spec, [trajectory[1]!], 50).reverse());
  });

  it("walk a straight way backwards by its two ends", () => {
    const linear = { ...spec, batch: { ...spec.batch, schedule: "linear" as const } };
    const reversed = apply(linear, ruleControls({ spec: linear })[1]!);
    expect(reversed.batch.curve).toHaveLength(2);
    expect(ratiosOf(reversed)[150]).toBeCloseTo(ratiosOf(linear)[149]!, 5);
  });

  it("keep to a curve's length where the way bends at every step", () => {
    const wild = Array.from({ length: 1500 }, (_, step) => ({ step, ratio: step % 2 ? of(1, 0) : of(0, 1) }));
    const long = { ...spec, steps: 1500 };
    apply(long, ruleControls({ spec: long, trajectory: wild })[1]!);
  });

  it("are none of a run in which nothing moved", () => {
    expect(ruleControls({ spec: DEFAULT_SPEC })).toEqual([]);
  });
});

describe("controls of a run whose weights moved", () => {
  it("move the weights alone", () => {
    const spec = { ...DEFAULT_SPEC, steps: 100, loss: { ...DEFAULT_SPEC.loss, weighting: "dwa" as const } };
    const trajectory = [{ step: 40, weights: of(1.5, 0.5) }];
    const [fixed, reversed, random] = ruleControls({ spec, trajectory }).map((control) =>
      apply(spec, control),
    );
    expect([fixed, reversed, random].map((one) => one!.batch)).toEqual([spec.batch, spec.batch, spec.batch]);
    expect(fixed!.loss.weights.mono).toBeCloseTo((40 * 1 + 60 * 1.5) / 100, 6);
    const weights = (one: ExperimentSpec, t = [] as typeof trajectory) =>
      Array.from({ length: 100 }, (_, step) => followWeights(t)(one, step, 0).mono);
    expect(weights(reversed!)).toEqual(weights(spec, trajectory).reverse());
    expect(random!.loss.weighting).toBe("random");
  });

  it("of the random rule are its mean and its way backwards", () => {
    const spec = { ...DEFAULT_SPEC, batch: { ...DEFAULT_SPEC.batch, schedule: "random" as const } };
    expect(ruleControls({ spec }).map(({ name }) => name)).toEqual(["fixed-mean", "reversed"]);
  });
});
