// Segments one word or text into the most probable pieces of a Unigram model. Never normalises; never yields a special.
import { PieceTrie } from "./pieceTrie.ts";

/** A segmenter writes ids into a list the caller owns. */
export type Segment = (text: string, into: number[]) => void;

export interface UnigramOptions {
  readonly pieces: readonly (readonly [text: string, logProb: number])[]; // (V)
  readonly unkId: number;
  /** Ids of the 256 byte pieces, or null where an unknown character becomes `unkId`. */
  readonly byteIds: Int32Array | null;
  /** Ids that text never yields, even where it spells them: special tokens. Byte pieces are so too. */
  readonly reserved: ReadonlySet<number>;
}

const UNK_PENALTY = 10; // an unknown character scores this much below the rarest piece, of whatever kind
const utf8 = new TextEncoder();

/**
 * Viterbi over the pieces (Kudo 2018, section 3.2), with sentencepiece's order of ties: a later candidate must score
 * strictly more, positions ascending, shorter pieces first; sums are rounded to 32 bits as there. A character no piece
 * covers becomes its UTF-8 bytes, or, without byte pieces, one `unkId` for each run of such characters.
 */
export function createUnigram({ pieces, unkId, byteIds, reserved }: UnigramOptions): Segment {
  const never = new Set([...reserved, unkId, ...(byteIds ?? [])]);
  let learned: readonly string[] = pieces.map(([text]) => text); // until the trie is made
  const scores = Float32Array.from(pieces, ([, logProb]) => logProb);
  const unkScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNK_PENALTY;
  let trie: PieceTrie | undefined; // made for the first text: a trainer often reads none
  let best = new Float32Array(256); // (n + 1) score of the best path that ends at a position
  let from = new Int32Array(256); // (n + 1) where its last piece starts, -1 = not reached
  let last = new Int32Array(256); // (n + 1) its last piece

  return (text, into) => {
    if (!trie) {
      trie = new PieceTrie(numbered(learned, never));
      learned = [];
    }
    const n = text.length;
    if (n >= best.length) {
      best = new Float32Array(2 * n);
      from = new Int32Array(2 * n);
      last = new Int32Array(2 * n);
    }
    from.fill(-1, 0, n + 1);
    best[0] = 0;
    for (let start = 0; start < n;) {
      const width = text.codePointAt(start)! > 0xffff ? 2 : 1;
      const sofar = best[start]!;
      let covered = false; // by a piece of this one character
      for (let node = 0, end = start; end < n;) {
        node = trie.step(node, text.charCodeAt(end++));
        if (node === -1) break;
        const id = trie.pieceAt(node);
        if (id === -1) continue;
        if (end === start + width) covered = true;
        const score = Math.fround(sofar + scores[id]!);
        if (from[end] !== -1 && score <= best[end]!) continue;
        best[end] = score;
        from[end] = start;
        last[end] = id;
      }
      const next = start + width;
      const score = Math.fround(sofar + unkScore);
      if (!covered && (from[next] === -1 || score > best[next]!)) {
        best[next] = score;
        from[next] = start;
        last[next] = unkId;
      }
      start = next;
    }
    const first = into.length;
    for (let end = n; end > 0; end = from[end]!) {
      if (last[end] !== unkId) into.push(last[end]!);
      else if (byteIds) {
        const bytes = utf8.encode(text.slice(from[end], end));
        for (let i = bytes.length - 1; i >= 0; i--) into.push(byteIds[bytes[i]!]!);
      } else if (into.length === first || into.at(-1) !== unkId) into.push(unkId);
    }
    for (let i = first, j = into.length - 1; i < j; i++, j--) [into[i], into[j]] = [into[j]!, into[i]!];
  };
}

/** Each text and its place, but for those left out. */
function* numbered(
  texts: readonly string[],
  leftOut: ReadonlySet<number>,
): Generator<readonly [string, number]> {
  for (const [id, text] of texts.entries()) if (!leftOut.has(id)) yield [text, id];
}
