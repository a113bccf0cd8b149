import { expect, it } from "vitest";
import type { SeedDifference } from "../../core/series/comparedSeeds.ts";
import { answerOfOneExperiment, answerOverQuestions, answerOverSeeds } from "./compareWords.ts";

const pair = { names: ["Hybrid", "Cross"], metric: "map/cross", seeds: [2, 2], value: 0.2 } as const;
const found: SeedDifference = {
  seeds: 2,
  estimate: 0.004,
  low: -0.1,
  high: 0.1,
  p: 0.5,
  verdict: { kind: "tooFew" },
};

it("gives two seeds no interval and no finding, and says what a test needs", () => {
  expect(answerOverSeeds(pair, found)).toEqual({
    headline: "Too few seeds to say whether Hybrid is better than Cross here.",
    because: ["Hybrid − Cross: +.004 over 2 seeds.", "A test needs 6 seeds of each: 4 more."],
  });
});

it("calls a difference better or worse only where the verdict over seeds does", () => {
  const words = (verdict: SeedDifference["verdict"], low = 0.001, high = 0.007) =>
    answerOverSeeds({ ...pair, seeds: [8, 8] }, { ...found, seeds: 8, low, high, p: 0.0078, verdict });
  expect(words({ kind: "better" })).toEqual({
    headline: "Hybrid is better than Cross here.",
    because: ["Hybrid − Cross: +.004 [+.001, +.007] over 8 seeds, 95 %, p\u00a0=\u00a0.008."],
  });
  const headline = (kind: "better" | "worse" | "undecided", low: number, high: number) =>
    words({ kind }, low, high).headline;
  expect(headline("better", 0.001, 0.004)).toBe("Hybrid is better than Cross here by less than .005.");
  expect(headline("worse", -0.02, -0.01)).toBe("Hybrid is worse than Cross here.");
  expect(headline("undecided", -0.01, 0.01)).toBe(
    "Undecided: Hybrid is not shown to be better or worse than Cross here.",
  );
  // Half a point of mAP matters: not as much better, though perhaps worse; or neither.
  expect(headline("undecided", -0.01, 0.004)).toBe("Hybrid is not better than Cross here by .005 or more.");
  expect(headline("undecided", -0.004, 0.004)).toBe(
    "No difference of .005 or more between Hybrid and Cross here.",
  );
});

it("says of one seed each that questions are all it speaks of, the lower being better for a rank distance", () => {
  const questions = { estimate: -80, low: -120, high: -40, p: 0.001, clusters: 300 };
  const one = { ...pair, metric: "rankDistance", seeds: [1, 3] } as const;
  expect(answerOverQuestions(one, questions)).toEqual({
    headline: "One seed of Hybrid. On these questions Hybrid is better by more than chance.",
    because: [
      "Hybrid − Cross: −80.0 [−120, −40.0], p\u00a0=\u00a0.001 over 300 question groups. This says nothing of other seeds.",
      "A test needs 6 seeds of each: 5 more.",
    ],
  });
  expect(answerOverQuestions(one, { ...questions, high: 5 }).headline).toContain("chance alone");
  // The test finds too much of few, skewed questions: the interval must agree.
  expect(answerOverQuestions(one, { ...questions, p: 0.05 }).headline).toContain("chance alone");
  expect(answerOverQuestions({ ...one, metric: "map/multi" }, questions).headline).toContain(
    "Cross is better",
  );
  expect(answerOverQuestions({ ...one, seeds: [1, 1] }, questions).headline).toMatch(/^One seed each\. /);
});

it("names no chance between two devices of one experiment: it would call a scatter a finding", () => {
  expect(answerOfOneExperiment({ ...pair, names: ["Hybrid, on wasm", "Hybrid, on webgpu"] }, 0.0002)).toEqual(
    {
      headline: "One experiment on two devices; this is how much the device moves it.",
      because: ["Hybrid, on wasm − Hybrid, on webgpu: .000."],
    },
  );
});
