import { expect, it } from "vitest";
import type { Line } from "./decimate.ts";
import { groupLines } from "./groupLines.ts";

const line = (...points: readonly (readonly [step: number, value: number])[]): Line => ({
  steps: points.map(([step]) => step),
  values: points.map(([, value]) => value),
  length: points.length,
});

it("is the mean at the steps that all seeds have, with no band for two", () => {
  const { mean, band } = groupLines([line([0, 1], [10, 2], [20, 4]), line([0, 3], [20, 8])]);
  expect(mean).toEqual(line([0, 2], [20, 6]));
  expect(band).toBeUndefined();
});

it("has Student's interval of the mean as its band from three seeds on", () => {
  // 1, 2, 3: mean 2, sd 1, t(2) = 4.3027, half = 4.3027 / sqrt(3) = 2.4842
  const { mean, band } = groupLines([line([5, 1]), line([5, 2]), line([5, 3])]);
  expect(mean.values).toEqual([2]);
  expect(band!.low.values[0]).toBeCloseTo(2 - 2.484138, 6);
  expect(band!.high.values[0]).toBeCloseTo(2 + 2.484138, 6);
});

it("leaves a single run as it is, and gives the same object while nothing is new", () => {
  const one = line([0, 1], [1, 2]);
  expect(groupLines([one]).mean).toBe(one);
  const two = [line([0, 1]), line([0, 3])];
  expect(groupLines(two)).toBe(groupLines([...two]));
  expect(groupLines([two[0]!, line([0, 5])]).mean.values).toEqual([3]);
});

it("reads only the points that belong to a line", () => {
  const longer = { steps: [0, 1, 2], values: [1, 2, 9], length: 2 };
  expect(groupLines([longer, longer]).mean).toEqual(line([0, 1], [1, 2]));
});
