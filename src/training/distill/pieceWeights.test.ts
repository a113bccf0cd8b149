import { describe, expect, it } from "vitest";
import { inverseFrequency, pieceShares } from "./pieceWeights.ts";
import { groupTexts, type LoadedSource, type SourceRow } from "./textGroups.ts";

const passage = (lang: string, concept: string, ...tokens: number[]) =>
  ({
    side: "passages",
    split: "train",
    lang,
    concepts: [concept],
    tokens: Int32Array.from(tokens),
  }) as SourceRow;
const source = (use: "sentences" | "pairs", rows: SourceRow[]): LoadedSource => ({
  source: { id: use, use, weight: 1, dropTestPhrases: false },
  rows,
});

describe("pieceShares", () => {
  // English: 8 pieces, half of them piece 1, one piece 2. German: 2 pieces, one of them piece 2.
  const sentences = source("sentences", [
    passage("en", "a", 1, 1, 1, 1, 2, 4, 4, 4),
    passage("de", "a", 2, 5),
  ]);
  const names = source("pairs", [passage("en", "x", 6, 6, 6)]);
  const logProbs = Float32Array.of(0, ...[0.1, 0.1, 0.3, 0.5, 0.01, 0.02].map(Math.log));
  const shares = pieceShares(groupTexts([sentences, names], "train"), logProbs);

  it("averages a piece's share in the language of each of its occurrences", () => {
    expect(shares[1]).toBeCloseTo(4 / 8, 6);
    expect(shares[2]).toBeCloseTo((1 / 8 + 1 / 2) / 2, 6); // once in each language
    expect(shares[5]).toBeCloseTo(1 / 2, 6);
  });

  it("never goes below the share over all text, which stands for pieces that the texts lack", () => {
    expect(shares[4]).toBeCloseTo(0.5, 6); // 3/8 in English
    expect(shares[3]).toBeCloseTo(0.3, 6);
    expect(shares[6]).toBeCloseTo(0.02, 6); // names are no running text
    expect(shares[0]).toBe(0); // special
  });
});

describe("inverseFrequency", () => {
  it("is a / (a + share)", () => {
    expect([...inverseFrequency(Float64Array.of(0, 0.01, 0.03), 0.01)]).toEqual([1, 0.5, 0.25]);
  });
});
