import { expect, it } from "vitest";
import { groupValue } from "./groupValue.ts";

it("is a mean, with an interval from three seeds on", () => {
  expect(groupValue([0.4])).toEqual({ mean: 0.4, n: 1 });
  expect(groupValue([1, 2])).toEqual({ mean: 1.5, n: 2 });
  // sd 1, t(2) = 4.3027, / sqrt(3)
  expect(groupValue([1, 2, 3])).toMatchObject({
    mean: 2,
    n: 3,
    half: expect.closeTo(2.484138, 6) as number,
  });
});

it("is none where a seed lacks the number", () => {
  expect(groupValue([])).toBeUndefined();
  expect(groupValue([1, undefined])).toBeUndefined();
});
