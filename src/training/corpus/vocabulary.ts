// The pieces that a run's texts use, renumbered from 0: a model never holds rows that no text can reach.
import type { TokenRows } from "../../core/data/corpus.ts";

export interface Vocabulary {
  readonly pieceIds: Int32Array; // (V) ids in the full tokenizer, ascending
  /** Full ids -> rows of the model. A piece the run never saw is dropped and counted. */
  trim(ids: ArrayLike<number>): { tokens: Int32Array; unknown: number };
}

/** (V) 1 for each piece that occurs in these rows. */
export function usedPieces(vocabSize: number, lists: readonly TokenRows[]): Uint8Array {
  const used = new Uint8Array(vocabSize);
  for (const { tokens } of lists) for (const piece of tokens) used[piece] = 1;
  return used;
}

/** @param used (V) per corpus: 1 for each piece that occurs */
export function buildVocabulary(used: readonly Uint8Array[]): Vocabulary {
  const row = new Int32Array(used[0]!.length).fill(-1);
  const pieceIds: number[] = [];
  for (let id = 0; id < row.length; id++) {
    if (used.some((flags) => flags[id] === 1)) row[id] = pieceIds.push(id) - 1;
  }
  return {
    pieceIds: Int32Array.from(pieceIds),
    trim(ids) {
      // A plain loop: every token of every batch passes here, between two steps.
      const tokens = new Int32Array(ids.length);
      let known = 0;
      for (let i = 0; i < ids.length; i++) {
        const own = row[ids[i]!] ?? -1;
        if (own >= 0) tokens[known++] = own;
      }
      return { tokens: tokens.subarray(0, known), unknown: ids.length - known };
    },
  };
}

/**
 * The same rows with renumbered tokens.
 * @throws RangeError if a token lies outside the vocabulary
 */
export function trimRows({ offsets, tokens }: TokenRows, vocabulary: Vocabulary): TokenRows {
  const trimmed = vocabulary.trim(tokens);
  if (trimmed.unknown > 0)
    throw new RangeError(`trimRows: ${trimmed.unknown} tokens lie outside the vocabulary`);
  return { offsets, tokens: trimmed.tokens };
}
