// Lookups in the flat trie against a plain set of strings.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PieceTrie } from "./pieceTrie.ts";

/** The piece that spells `text`, or -1. */
function find(trie: PieceTrie, text: string): number {
  let node = 0;
  for (let i = 0; i < text.length && node !== -1; i++) node = trie.step(node, text.charCodeAt(i));
  return node === -1 ? -1 : trie.pieceAt(node);
}

describe("PieceTrie", () => {
  it("tells pieces from their prefixes and from what no piece begins with", () => {
    const trie = new PieceTrie([
      ["ab", 5],
      ["abcd", 6],
      ["😀", 7],
    ]);
    expect(["ab", "abcd", "😀", "a", "abc", "x", "abcde", ""].map((text) => find(trie, text))).toEqual([
      5, 6, 7, -1, -1, -1, -1, -1,
    ]);
  });

  it("holds nothing when empty", () => {
    expect(find(new PieceTrie([]), "a")).toBe(-1);
  });

  it("finds exactly the pieces it was given", () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "b", "é", "字", "😀"), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (pieces, others) => {
        const ids = new Map(pieces.map((text, id) => [text, id]));
        const trie = new PieceTrie([...ids]);
        for (const text of [...pieces, ...others]) expect(find(trie, text)).toBe(ids.get(text) ?? -1);
      }),
    );
  });
});
