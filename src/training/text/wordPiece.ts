// Segments a word into the longest pieces of a WordPiece vocabulary, from the left. Never normalises or splits a text.
import { PieceTrie } from "./pieceTrie.ts";
import type { Segment } from "./unigram.ts";

export interface WordPieceOptions {
  readonly ids: ReadonlyMap<string, number>;
  readonly unkId: number;
  readonly prefix: string; // before every piece but a word's first: "##"
  readonly longest: number; // characters of a word; a longer one is unknown
}

/** A word that cannot be covered is one unknown piece as a whole (Schuster & Nakajima 2012, as in BERT). */
export function createWordPiece({ ids, unkId, prefix, longest }: WordPieceOptions): Segment {
  const trie = new PieceTrie(ids);
  let inner = 0; // the node behind the prefix
  for (let i = 0; i < prefix.length && inner !== -1; i++) inner = trie.step(inner, prefix.charCodeAt(i));

  /** Where the longest piece from `start` on ends, and its id; -1 where there is none. */
  const longestFrom = (word: string, start: number): { end: number; id: number } => {
    const found = { end: start, id: -1 };
    let node = start > 0 ? inner : 0;
    for (let at = start; at < word.length && node !== -1;) {
      const width = word.codePointAt(at)! > 0xffff ? 2 : 1;
      for (const end = at + width; at < end && node !== -1; at++) node = trie.step(node, word.charCodeAt(at));
      const id = node === -1 ? -1 : trie.pieceAt(node);
      if (id !== -1) [found.end, found.id] = [at, id];
    }
    return found;
  };

  return (word, into) => {
    const first = into.length;
    if (characters(word) > longest) {
      into.push(unkId);
      return;
    }
    for (let start = 0; start < word.length;) {
      const { end, id } = longestFrom(word, start);
      if (id === -1) {
        into.length = first;
        into.push(unkId);
        return;
      }
      into.push(id);
      start = end;
    }
  };
}

function characters(word: string): number {
  let n = 0;
  for (const char of word) if (char) n++;
  return n;
}
