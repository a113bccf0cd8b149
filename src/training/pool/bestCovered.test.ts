import { expect, it } from "vitest";
import { bestCovered } from "./bestCovered.ts";

it("takes the best covered, spread evenly over those that are covered alike", () => {
  const found = [3, 1, 2, 2, 3, 2, 2];
  const chosen = (n: number) => bestCovered([...found.keys()], n, (i) => found[i]!);
  expect(chosen(2)).toEqual([0, 4]);
  expect(chosen(3)).toEqual([0, 3, 5]); // of 0, 2, 3, 4, 5, 6: every second
  expect(chosen(9)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(bestCovered([], 2, () => 1)).toEqual([]);
});
