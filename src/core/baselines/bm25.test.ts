import { describe, expect, it } from "vitest";
import reference from "./bm25Reference.fixture.json" with { type: "json" };
import { BM25, createBm25 } from "./bm25.ts";

describe("BM25", () => {
  it("adds up rare words, saturating with their count and with the text's length", () => {
    const { scores, size } = createBm25(["red fox fox", "red dog", "blue"]);
    expect(size).toBe(3);
    // Lengths 3, 2, 1: mean 2. "fox" is in 1 of 3 texts, twice in the first: idf = ln(1 + 2.5 / 1.5).
    const idf = (n: number) => Math.log(1 + (3 - n + 0.5) / (n + 0.5));
    const part = (n: number, f: number, length: number) =>
      (idf(n) * f) / (f + 0.9 * (0.6 + (0.4 * length) / 2));
    expect(scores("a red fox")[0]).toBeCloseTo(part(2, 1, 3) + part(1, 2, 3), 6);
    expect(scores("a red fox")[1]).toBeCloseTo(part(2, 1, 2), 6);
    expect(scores("fox fox")[0]).toBeCloseTo(2 * part(1, 2, 3), 6);
    expect([...scores("green")]).toEqual([0, 0, 0]);
  });

  it("never counts a match against its text, be the word in all of them", () => {
    for (const score of createBm25(["a b", "a c", "a"]).scores("a")) expect(score).toBeGreaterThan(0);
  });

  it("holds with empty pools and texts", () => {
    expect([...createBm25([]).scores("a")]).toEqual([]);
    expect([...createBm25(["", "—"]).scores("a")]).toEqual([0, 0]);
  });

  it.each(reference.cases)("gives the scores of bm25s, k1 $k1 and b $b", ({ k1, b, scores }) => {
    const index = createBm25(reference.texts, { k1, b });
    expect(reference.cases[0]).toMatchObject(BM25); // what the lab uses is among them
    reference.questions.forEach((question, q) =>
      index.scores(question).forEach((score, text) => expect(score).toBeCloseTo(scores[q]![text]!, 5)),
    );
  });
});
