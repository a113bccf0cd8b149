import { expect, it } from "vitest";
import { paretoFront } from "./pareto.ts";

it("leaves out cells that another beats in one measure and does not lose to in the other", () => {
  const values = [
    [1, 5],
    [2, 4],
    [2, 3], // the second is as good in the first measure
    [0, 5], // the first is as good in the second
    [2, 4], // its equal does not dominate it
  ] as const;
  expect(paretoFront(values, [false, false])).toEqual([true, true, false, false, true]);
  // less is better in the second: 2, 3 beats all but none of 0, 5
  expect(paretoFront(values, [false, true])).toEqual([false, false, true, false, false]);
  expect(paretoFront([], [false, false])).toEqual([]);
});
