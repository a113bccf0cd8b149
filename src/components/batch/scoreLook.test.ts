// How a batch's scores are read: which answers first, and what is said of a cell.
import { expect, it } from "vitest";
import type { BatchScores } from "../../core/run/views.ts";
import { cellAt, cellWords, pullWords, readingOrder, scoresSample } from "./scoreLook.ts";

const text = (lang: string, name: string) => ({ id: `${lang}:${name}`, lang, text: name });

/** One question of two, with a right answer, two wrong ones and one of its concept. */
const SCORES: BatchScores = {
  runId: "a",
  step: 4,
  kind: "cross",
  size: 64,
  temperature: 0.05,
  taught: false,
  rows: [
    { kind: "cross", query: text("de", "Hund"), loss: 0.5, weight: 1, rest: { answers: 60, share: 0.1 } },
  ],
  answers: ["dog", "cat", "puppy", "car"].map((name, row) => ({ row, answer: text("en", name) })),
  cosines: Float32Array.of(0.5, 0.25, 0.75, -0.125),
  shares: Float32Array.of(0.5, 0.125, 0, 0.25),
  pulls: Float32Array.of(-0.5, 0.125, 0, 0.25),
  roles: Uint8Array.of(2, 1, 0, 1),
};

it("reads the right answers first, wrong ones by their share, and last what is neither", () => {
  expect(readingOrder(SCORES, 0)).toEqual([0, 3, 1, 2]);
  expect(cellAt(SCORES, 0, 1)).toMatchObject({ cosine: 0.25, share: 0.125, pull: 0.125, role: "wrong" });
  expect(cellAt(SCORES, 0, 1).score).toBeCloseTo(5, 9);
});

it("says of a cell what the loss makes of it", () => {
  expect(cellWords(SCORES, 0, 0)).toBe(
    "Question 1 (de), its right answer (en): cosine .50, score 10.00, share 50.0\u00a0%, pulled closer.",
  );
  expect(cellWords(SCORES, 0, 3)).toBe(
    "Question 1 (de), answer to 4 (en): cosine −.13, score −2.50, share 25.0\u00a0%, pushed away.",
  );
  expect(cellWords(SCORES, 0, 2)).toMatch(/^Question 1 \(de\), answer to 3 .*it is left out\.$/);
});

it("says which rows, whose weights and what a score is", () => {
  expect(scoresSample(SCORES, 7)).toBe(
    "The first 1 of 64 rows of step 5, by the weights it began with; score = cosine ÷ 0.05; seed 7 only.",
  );
  expect(scoresSample({ ...SCORES, size: 1, taught: true }, 7)).toMatch(
    /^All 1 row of step 5, .* The teacher’s part of the loss is not in it\.$/,
  );
});

it("writes gradients with their sign", () => {
  expect([-0.5, 0.125, 0].map(pullWords)).toEqual(["−.50", "+.13", ".00"]);
});
