// The segmenter's choices on vocabularies small enough to do by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createUnigram, type UnigramOptions } from "./unigram.ts";

type Piece = readonly [string, number];
const UNK: Piece = ["<unk>", 0];

function segment(pieces: readonly Piece[], text: string, more: Partial<UnigramOptions> = {}): number[] {
  const ids: number[] = [];
  createUnigram({ pieces, unkId: 0, byteIds: null, reserved: new Set(), ...more })(text, ids);
  return ids;
}

/** The best sum of scores over all ways to cut `text`, by trying them all; -Infinity if none covers it. */
function bestScore(pieces: readonly Piece[], text: string): number {
  if (text === "") return 0;
  return Math.max(
    -Infinity,
    ...pieces
      .slice(1)
      .filter(([piece]) => text.startsWith(piece))
      .map(([piece, score]) => score + bestScore(pieces, text.slice(piece.length))),
  );
}

describe("createUnigram", () => {
  it("takes the path with the highest sum", () => {
    // a + bc = -1 - 2 = -3; ab + c = -1.5 - 1 = -2.5; a + b + c = -1 - 3 - 1 = -5
    const pieces: Piece[] = [UNK, ["a", -1], ["b", -3], ["c", -1], ["ab", -1.5], ["bc", -2]];
    expect(segment(pieces, "abc")).toEqual([4, 3]);
  });

  it("on a tie keeps the path whose last piece starts first", () => {
    // aa and a + a both score -2; the last pieces start at 0 and 1
    expect(segment([UNK, ["a", -1], ["aa", -2]], "aa")).toEqual([2]);
    // a + aa and aa + a both score -3; the last pieces start at 1 and 2
    expect(segment([UNK, ["a", -2], ["aa", -1]], "aaa")).toEqual([1, 2]);
  });

  it("gives one unknown for a run of characters without a piece", () => {
    expect(segment([UNK, ["a", -1]], "xyaz")).toEqual([0, 1, 0]);
    expect(segment([UNK, ["a", -1]], "😀a")).toEqual([0, 1]);
  });

  it("gives the bytes of such characters where there are byte pieces", () => {
    const byteIds = Int32Array.from({ length: 256 }, (_, byte) => 100 + byte);
    // é = C3 A9; 😀 = F0 9F 98 80
    expect(segment([UNK, ["a", -1]], "aéa", { byteIds })).toEqual([1, 100 + 0xc3, 100 + 0xa9, 1]);
    expect(segment([UNK, ["a", -1]], "😀", { byteIds })).toEqual(
      [0xf0, 0x9f, 0x98, 0x80].map((b) => 100 + b),
    );
  });

  it("never yields a reserved piece, even where it would score best", () => {
    const pieces: Piece[] = [UNK, ["<s>", 0], ["<", -5], ["s", -5], [">", -5]];
    expect(segment(pieces, "<s>", { reserved: new Set([1]) })).toEqual([2, 3, 4]);
  });

  it("appends to what the caller has", () => {
    const into = [7];
    createUnigram({ pieces: [UNK, ["a", -1]], unkId: 0, byteIds: null, reserved: new Set() })("a", into);
    expect(into).toEqual([7, 1]);
  });

  it("reaches the best sum that trying every cut finds", () => {
    const alphabet = ["a", "b", "c"];
    const score = fc.integer({ min: -16, max: -1 }).map((n) => n / 2); // halves: sums are exact in 32 bits
    const longer = fc.array(
      fc.tuple(fc.string({ unit: fc.constantFrom(...alphabet), minLength: 2, maxLength: 4 }), score),
    );
    const singles = fc.tuple(score, score, score);
    const text = fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 10 });
    fc.assert(
      fc.property(singles, longer, text, (ones, more, word) => {
        const unique = new Map<string, number>([...alphabet.map((c, i) => [c, ones[i]!] as const), ...more]);
        const pieces: Piece[] = [UNK, ...unique];
        const ids = segment(pieces, word);
        expect(ids.map((id) => pieces[id]![0]).join("")).toBe(word);
        expect(ids.reduce((sum, id) => sum + pieces[id]![1], 0)).toBe(bestScore(pieces, word));
      }),
    );
  });
});
