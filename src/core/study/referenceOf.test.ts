import { expect, it } from "vitest";
import { appendPoints, NO_POINTS } from "../record/pointColumns.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { referenceOf } from "./referenceOf.ts";

it("takes the mean loss of a run's last tenth as its reference, or its last dev measure", () => {
  const points = [10, 92, 96, 100].map((step) => ({ step, metric: "loss/mono", value: step / 10 }));
  const map = [0, 100].map((step) => ({ step, metric: "map/mono", value: 0.2 + step / 1000 }));
  const ratio = ofKinds({ mono: 1 });
  const spec = withPath({ ...DEFAULT_SPEC, steps: 100 }, "batch.ratio", ratio);
  const run = { spec, step: 100, points: appendPoints(NO_POINTS, [...points, ...map]) };
  expect(referenceOf(run, false)).toEqual({ mono: 9.6 }); // (9.2 + 9.6 + 10) / 3
  expect(referenceOf(run, true)).toEqual({ mono: 0.3 });
});
