// The pieces that a run's texts use, renumbered from 0: a model never holds rows that no text can reach.
import type { TokenRows } from "../../core/data/corpus.ts";

export interface Vocabulary {
  readonly pieceIds: Int32Array; // (V) ids in the full tokenizer, ascending
  /** Full ids -> rows of the model. A piece the run never saw is dropped and counted. */
  trim(ids: ArrayLike<number>): { tokens: Int32Array; unknown: number };
}

/** @param fullSize pieces of the tokenizer; every token id must be below it */
export function buildVocabulary(texts: readonly TokenRows[], fullSize: number): Vocabulary {
  const row = new Int32Array(fullSize).fill(-1);
  for (const { tokens } of texts) for (let i = 0; i < tokens.length; i++) row[tokens[i]!] = 0;
  const pieceIds: number[] = [];
  for (let id = 0; id < fullSize; id++) if (row[id] === 0) row[id] = pieceIds.push(id) - 1;
  return {
    pieceIds: Int32Array.from(pieceIds),
    trim(ids) {
      const tokens = Int32Array.from(ids, (id) => row[id] ?? -1).filter((r) => r >= 0);
      return { tokens, unknown: ids.length - tokens.length };
    },
  };
}

/** The same rows with renumbered tokens; `rows` picks and orders them. */
export function trimRows(texts: TokenRows, rows: ArrayLike<number>, vocabulary: Vocabulary): TokenRows {
  const offsets = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    offsets[i + 1] = offsets[i]! + texts.offsets[rows[i]! + 1]! - texts.offsets[rows[i]!]!;
  }
  const tokens = new Int32Array(offsets[rows.length]!);
  for (let i = 0; i < rows.length; i++) {
    tokens.set(texts.tokens.subarray(texts.offsets[rows[i]!], texts.offsets[rows[i]! + 1]), offsets[i]);
  }
  const trimmed = vocabulary.trim(tokens);
  if (trimmed.unknown > 0)
    throw new RangeError(`trimRows: ${trimmed.unknown} tokens lie outside the vocabulary`);
  return { offsets, tokens: trimmed.tokens };
}
