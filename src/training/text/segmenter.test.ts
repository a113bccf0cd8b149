// What a file's model becomes: pieces by id, byte pieces, and words cut before each "▁" with the whole text's result.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSegmenter } from "./segmenter.ts";
import { parseTokenizerFile } from "./tokenizerFile.ts";

type Row = readonly [piece: string, score: number];

function unigram(vocab: readonly Row[], more: { byte_fallback?: boolean; added?: object[] } = {}) {
  const { byte_fallback = false, added = [] } = more;
  const model = { type: "Unigram", unk_id: 0, vocab, byte_fallback };
  return createSegmenter(parseTokenizerFile({ model, added_tokens: added }));
}
const run = (segment: (text: string, into: number[]) => void, text: string): number[] => {
  const into: number[] = [];
  segment(text, into);
  return into;
};
const UNK: Row = ["<unk>", 0];
const hex = (byte: number) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
const BYTES = Array.from({ length: 256 }, (_, byte): Row => [hex(byte), -20]);

describe("a Unigram file", () => {
  it("says byte fallback and has every byte: a character without a piece is its bytes", () => {
    const { segment } = unigram([UNK, ["a", -1], ...BYTES], { byte_fallback: true });
    expect(run(segment, "aß")).toEqual([1, 2 + 0xc3, 2 + 0x9f]); // ß = C3 9F
  });

  it("says byte fallback and lacks one byte: a character without a piece is unknown", () => {
    const { segment } = unigram([UNK, ["a", -1], ...BYTES.slice(1)], { byte_fallback: true });
    expect(run(segment, "aß")).toEqual([1, 0]);
  });

  it("has the byte pieces and says no byte fallback: unknown", () => {
    expect(run(unigram([UNK, ["a", -1], ...BYTES]).segment, "aß")).toEqual([1, 0]);
  });

  it("leaves ids out: they spell nothing and score 0", () => {
    const added = [{ id: 4, content: "<mask>", special: true }];
    const { pieces, logProbs } = unigram([UNK, ["a", -1]], { added });
    expect(pieces).toEqual(["<unk>", "a", "", "", "<mask>"]);
    expect([...logProbs]).toEqual([0, -1, 0, 0, 0]);
  });

  it("is segmented word by word as the whole text is, wherever it says so", () => {
    const unit = fc.constantFrom("a", "b", "x", "▁"); // no piece has an x
    const halves = fc.integer({ min: -16, max: -1 }).map((n) => n / 2); // sums are exact in 32 bits
    const vocab = fc.array(fc.tuple(fc.string({ unit, minLength: 1, maxLength: 4 }), halves), {
      minLength: 1,
    });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "x", "y", "▁"), maxLength: 12 });
    fc.assert(
      fc.property(vocab, text, (rows, whole) => {
        const pieces = [...new Map(rows.filter(([piece]) => !piece.includes("x")))];
        const { segment, wordwise } = unigram([UNK, ...pieces]);
        if (!wordwise) return;
        const words = whole.split(/(?=▁)/);
        expect(words.flatMap((word) => run(segment, word))).toEqual(run(segment, whole));
      }),
    );
  });
});

describe("a file of rules", () => {
  const rules = (model: object) => createSegmenter(parseTokenizerFile({ model, added_tokens: [] }));

  it("leaves out of byte pairs what it has no piece for, where no unknown piece is named", () => {
    const { segment, wordwise } = rules({ type: "BPE", vocab: { a: 0, b: 1, ab: 2 }, merges: ["a b"] });
    expect(run(segment, "aba")).toEqual([2, 0]);
    expect(run(segment, "azb")).toEqual([2]); // as tokenizers 0.23: what is left out parts no pair
    expect(wordwise).toBe(false);
  });

  it("has ids that no piece holds", () => {
    const { pieces } = rules({ type: "WordPiece", unk_token: "[UNK]", vocab: { "[UNK]": 0, a: 3 } });
    expect(pieces).toEqual(["[UNK]", "", "", "a"]);
  });
});
