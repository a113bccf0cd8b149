// Segments a word into the longest pieces of a WordPiece vocabulary, from the left. Never normalises or splits a text.
import type { Segment } from "./unigram.ts";

export interface WordPieceOptions {
  readonly ids: ReadonlyMap<string, number>;
  readonly unkId: number;
  readonly prefix: string; // before every piece but a word's first: "##"
  readonly longest: number; // characters of a word; a longer one is unknown
}

/** A word that cannot be covered is one unknown piece as a whole (Schuster & Nakajima 2012, as in BERT). */
export function createWordPiece({ ids, unkId, prefix, longest }: WordPieceOptions): Segment {
  let longestPiece = 0;
  for (const piece of ids.keys()) longestPiece = Math.max(longestPiece, piece.length);
  return (word, into) => {
    const chars = [...word];
    if (chars.length > longest) {
      into.push(unkId);
      return;
    }
    const first = into.length;
    for (let start = 0; start < chars.length;) {
      let end = Math.min(chars.length, start + longestPiece);
      let id: number | undefined;
      for (; end > start; end--) {
        id = ids.get((start > 0 ? prefix : "") + chars.slice(start, end).join(""));
        if (id !== undefined) break;
      }
      if (id === undefined) {
        into.length = first;
        into.push(unkId);
        return;
      }
      into.push(id);
      start = end;
    }
  };
}
