// What the page derives for rules: the mix that was asked for, a curve from a hand's strokes.
import { describe, expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import type { Point } from "../../core/record/point.ts";
import { ofKinds } from "../../core/spec/batchKind.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { withPath, type ExperimentSpec, type KindWeights } from "../../core/spec/spec.ts";
import { newRun, type Run } from "../../state/run/run.ts";
import { askedAt, askedLines } from "./askedMix.ts";
import { drawn, PARTS, sampled, toCurve } from "./curveDrawing.ts";

const of = (mono: number, cross: number): KindWeights => {
  return ofKinds({ mono, cross });
};
function runOf(spec: ExperimentSpec, step: number, points: readonly Point[]): Run {
  const init = { id: "r1", name: "r", colour: 1, createdAt: 1, spec, presetName: "hybrid" };
  return { ...newRun(init), step, detail: { state: "loaded", points: appendPoints(NO_POINTS, points) } };
}

describe("the mix that was asked for", () => {
  const told = [
    { step: 20, metric: "mix/mono", value: 0.8 },
    { step: 20, metric: "mix/cross", value: 0.2 },
  ];

  it("is the spec's own until a decision was told, and level between decisions", () => {
    const run = runOf(withPath(DEFAULT_SPEC, "batch.schedule", "exp3"), 30, told);
    expect([0, 19, 20, 30].map((step) => askedAt(run, step))).toEqual([
      of(0.5, 0.5),
      of(0.5, 0.5),
      of(0.8, 0.2),
      of(0.8, 0.2),
    ]);
    const [mono, cross, ...others] = askedLines(run);
    expect(others).toEqual([]);
    expect([mono!.kind, cross!.kind]).toEqual(["mono", "cross"]);
    expect(mono!.line).toEqual({ steps: [0, 19, 20, 30], values: [0.5, 0.5, 0.8, 0.8], length: 4 });
  });

  it("is the way of a mix that moves by the step, of which older runs have no point", () => {
    const run = runOf(withPath({ ...DEFAULT_SPEC, steps: 101 }, "batch.schedule", "linear"), 100, []);
    const { line } = askedLines(run).find(({ kind }) => kind === "mono")!;
    expect([line.steps[0], line.steps.at(-1)]).toEqual([0, 100]);
    line.steps.forEach((step, i) => expect(line.values[i]).toBeCloseTo(0.5 * (1 - step / 100), 9));
  });
});

it("draws a stroke as a straight way, and keeps the points where it bends", () => {
  const flat = sampled([{ at: 0, weights: of(0.5, 0.5) }]);
  expect(toCurve(flat)).toEqual([
    { at: 0, weights: of(0.5, 0.5) },
    { at: 1, weights: of(0.5, 0.5) },
  ]);
  const half = PARTS / 2;
  const stroke = drawn(flat, "mono", { place: half, share: 0.5 }, { place: half + 10, share: 1 });
  expect([half - 1, half + 4, half + 10, half + 11].map((i) => stroke[i]!.mono)).toEqual([0.5, 0.7, 1, 0.5]);
  expect(stroke.every(({ mono, cross }) => Math.abs(mono + cross - 1) < 1e-9)).toBe(true);
  expect(toCurve(stroke)).toHaveLength(5); // both ends, where the stroke begins, where it ends, and right after
  expect(sampled(toCurve(stroke)).map(({ mono }) => mono)).toEqual(
    stroke.map(({ mono }) => expect.closeTo(mono, 6) as number),
  );
});
