import { expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import { mixRows } from "./mixRows.ts";

const moving = (schedule: ExperimentSpec["batch"]["schedule"], steps = 300) => {
  const start = withPath(withPath(DEFAULT_SPEC, "batch.schedule", schedule), "steps", steps);
  return mixRows(withPath(start, "batch.ratio", ofKinds({ mono: 1 }))).map(({ mono }) => mono);
};

it("has one row for a mix that stays, and goes from its start to its end where it moves", () => {
  expect(mixRows(DEFAULT_SPEC)).toEqual([ofKinds({ mono: 0.5, cross: 0.5 })]);
  expect(moving("step")).toEqual([1, 0]);
  moving("linear").forEach((mono, i) => expect(mono).toBeCloseTo(1 - i / 5, 9)); // to cross-lingual, the default end
  expect(moving("cosine", 1)[0]).toBe(1); // a single step sees the start
});
