// What a link shows of a run's way is thinned and rounded as it says.
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import type { Point } from "./point.ts";
import { expectedCurve } from "./expectedResult.ts";

const evaluation = (step: number): Point[] => [
  { step, metric: "map/mono", value: 0.5004 },
  { step, metric: "map/mono", value: 0.9, lang: "de" }, // of one language: not asked for
  { step, metric: "map/cross", value: step / 10_000 },
  { step, metric: "map/multi", value: 0.25 },
  { step, metric: "rankDistance", value: 81.6 },
  { step, metric: "loss/mono", value: 2, kind: "mono" },
];
const curveOf = (steps: readonly number[], more: readonly Point[] = []) =>
  expectedCurve({ ...testRecord, points: [...steps.flatMap(evaluation), ...more] });

describe("the curve of a link", () => {
  it("holds thousandths of mAP and whole ranks", () => {
    expect(curveOf([0, 20, 45])).toEqual({
      steps: [0, 20, 45],
      mono: [500, 500, 500],
      cross: [0, 2, 5], // 0.002 and 0.0045 of 1000
      multi: [250, 250, 250],
      rankDistance: [82, 82, 82],
    });
  });

  it("has at most twelve points, evenly taken, first and last among them", () => {
    const { steps } = curveOf(Array.from({ length: 34 }, (_, i) => 10 * i))!;
    expect(steps).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330]); // every third of 0 to 33
  });

  it("leaves out steps at which one of the four was not measured, and is none without two", () => {
    expect(curveOf([0, 20], [{ step: 10, metric: "map/mono", value: 1 }])!.steps).toEqual([0, 20]);
    expect(curveOf([0])).toBeUndefined();
    expect(expectedCurve(testRecord)).toBeUndefined();
  });
});
