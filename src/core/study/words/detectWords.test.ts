import { expect, it } from "vitest";
import { handStudy } from "../../../testing/handMadeStudy.ts";
import { detectWords } from "./detectWords.ts";

const seeds = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

it("says what difference would be found, in the unit of the measure where its scatter is known", () => {
  // two cells beside the control, six seeds: 1.898 SD of .003
  expect(detectWords(handStudy)).toBe(
    "It would find a difference of about .006 in Cr mAP, four times out of five, if seeds scatter as usual.",
  );
  expect(detectWords({ ...handStudy, primary: "rankDistance" })).toBe(
    "It would find a difference of 1.9 times the scatter between seeds in rank distance, four times out of five.",
  );
});

it("says of few seeds that they are a look", () => {
  expect(detectWords({ ...handStudy, seeds: seeds(3) })).toBe(
    "3 seeds are a look, too few to test Cr mAP: take 8 to 10 for a claim.",
  );
  expect(detectWords({ ...handStudy, seeds: seeds(1) })).toMatch(/^1 seed is a look/);
});
