// Rates and times left, with their arithmetic.
import { describe, expect, it } from "vitest";
import type { PhaseProgress } from "../../state/run/run.ts";
import { duration } from "../../core/run/duration.ts";
import { describePhase, phaseAtWork } from "./phaseText.ts";

const progress = (changes: Partial<PhaseProgress>): PhaseProgress => ({
  done: 120,
  total: 200,
  unit: "steps",
  startedAt: 1_000,
  startedDone: 20,
  updatedAt: 21_000,
  ...changes,
});

describe("describePhase", () => {
  it("counts the pace from where the phase was when it was first heard of", () => {
    // 100 steps in 20 s are 5 a second; 80 are left, which is 16 s
    expect(describePhase(progress({}))).toEqual({
      share: 0.6,
      done: false,
      amount: "120 of 200 steps",
      pace: "16 s left, 5.0 steps/s",
    });
  });
  it("says bytes in MB", () => {
    const text = describePhase(
      progress({ done: 4_000_000, startedDone: 0, total: 10_000_000, unit: "bytes" }),
    );
    expect(text).toMatchObject({ amount: "4.0 of 10.0 MB", pace: "30 s left, 0.2 MB/s" }); // 6 MB at 0.2 MB/s
  });
  it("promises nothing without a total, at the start, when done or standing still", () => {
    expect(describePhase(progress({ total: 0 }))).toMatchObject({ share: undefined, pace: "5.0 steps/s" });
    expect(describePhase(progress({ updatedAt: 1_400 })).pace).toBe("");
    expect(describePhase(progress({ updatedAt: 1_000 })).pace).toBe("");
    expect(describePhase(progress({ done: 20 })).pace).toBe("");
    expect(describePhase(progress({ done: 200 }))).toMatchObject({ done: true, share: 1, pace: "" });
  });
});

describe("the phase at work", () => {
  const done = { done: 200 };
  it("is the last one that is begun and not finished; finished ones vanish", () => {
    expect(phaseAtWork({})).toBeUndefined();
    expect(phaseAtWork({ encoder: progress(done), tokenise: progress({}) })?.label).toBe("Tokenise");
    const between = { encoder: progress(done), evaluate: progress({ ...done, unit: "queries" }) };
    expect(phaseAtWork(between)).toBeUndefined();
    const training = { ...between, train: progress({}) };
    expect(phaseAtWork(training)).toMatchObject({ label: "Train", words: ["16 s left, 5.0 steps/s"] });
    const asked = { ...training, evaluate: progress({ unit: "queries" }) };
    expect(phaseAtWork(asked)).toMatchObject({
      label: "Evaluate",
      words: ["Evaluate", "120 of 200 queries", "16 s left, 5.0 queries/s"],
    });
    expect(phaseAtWork({ ...between, train: progress(done) })).toBeUndefined();
  });
});

it("says durations as people do", () => {
  expect([0, 0.4, 59.6, 75, 120, 4_000].map(duration)).toEqual([
    "1 s",
    "1 s",
    "1 min",
    "1 min 15 s",
    "2 min",
    "1 h 6 min", // 4000 = 3600 + 6 * 60 + 40
  ]);
});
