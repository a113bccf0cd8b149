// Lays token rows out in padded blocks and lists where each token occurs. Pure: no tensors.
import type { TokenRows } from "../../core/data/corpus.ts";

/** Allowed padded lengths. Few, because WebGPU keeps a buffer pool per size and never gives one back. */
const LENGTHS = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

export function lengthBucket(tokens: number, maxTokens: number): number {
  const fits = LENGTHS.find((length) => length >= tokens) ?? Math.ceil(tokens / 512) * 512;
  return Math.min(fits, maxTokens);
}

/** The same for the number of unique tokens: at most a third is spare. */
export function countBucket(count: number): number {
  let size = 64;
  while (size < count) size = size + size / 2 >= count ? size + size / 2 : size * 2;
  return size;
}

/** `rows` texts padded to `length` tokens. */
export interface TokenBlock {
  readonly rows: number;
  readonly length: number; // T
  readonly ids: Int32Array; // (rows * T), 0 where padded
  readonly lengths: Int32Array; // (rows) live tokens
}

/**
 * Rows `from .. to` of `texts`, or the rows listed in `order` there, as one block of `rows` rows (missing ones empty).
 *
 * @throws RangeError if a row is longer than maxTokens or has an id outside 0 .. vocabSize - 1: a GPU would read on
 */
export function fillBlock(
  block: TokenBlock,
  firstRow: number,
  texts: TokenRows,
  order: Int32Array, // rows of `texts` to place, from `firstRow` of the block on
  vocabSize: number,
): void {
  const { ids, lengths, length } = block;
  order.forEach((text, i) => {
    const start = texts.offsets[text]!;
    const size = texts.offsets[text + 1]! - start;
    lengths[firstRow + i] = size;
    for (let t = 0; t < size; t++) {
      const id = texts.tokens[start + t]!;
      if (id < 0 || id >= vocabSize) {
        throw new RangeError(
          `Token ${t} of text ${text} has id ${id}, the encoder knows 0 to ${vocabSize - 1}`,
        );
      }
      ids[(firstRow + i) * length + t] = id;
    }
  });
}

export function emptyBlock(rows: number, length: number): TokenBlock {
  return { rows, length, ids: new Int32Array(rows * length), lengths: new Int32Array(rows) };
}

/** @throws RangeError if a row is longer than `maxTokens` */
export function longestRow(texts: TokenRows, maxTokens: number): number {
  let longest = 0;
  for (let i = 0; i + 1 < texts.offsets.length; i++) {
    const size = texts.offsets[i + 1]! - texts.offsets[i]!;
    if (size > maxTokens) {
      throw new RangeError(
        `Text ${i} has ${size} tokens, the encoder takes at most ${maxTokens}: cut when tokenising`,
      );
    }
    if (size > longest) longest = size;
  }
  return longest;
}

/** Where each unique token of a batch occurs, per block: compressed rows over `unique`. */
export interface TokenIndex {
  readonly unique: Int32Array; // (countBucket) ascending token ids, 0 from `count` on
  readonly count: number; // U
  readonly occurrences: readonly {
    readonly offsets: Int32Array; // (countBucket + 1)
    readonly positions: Int32Array; // (rows * T) r * T + t, ascending within a token; unused from offsets[U] on
  }[]; // one per block
}

/** @param slots (vocabSize) scratch, all zero before and after */
export function indexTokens(blocks: readonly TokenBlock[], slots: Int32Array): TokenIndex {
  const found: number[] = [];
  for (const block of blocks) {
    forEachToken(block, (id) => {
      if (slots[id] === 0) found.push(id);
      slots[id] = 1;
    });
  }
  const ids = Int32Array.from(found).sort();
  const size = countBucket(ids.length);
  const unique = new Int32Array(size);
  unique.set(ids);
  ids.forEach((id, u) => (slots[id] = u));
  const occurrences = blocks.map((block) => {
    const offsets = new Int32Array(size + 1);
    forEachToken(block, (id) => offsets[slots[id]! + 1]!++);
    for (let u = 0; u < size; u++) offsets[u + 1]! += offsets[u]!;
    const next = offsets.slice();
    const positions = new Int32Array(block.ids.length);
    forEachToken(block, (id, position) => (positions[next[slots[id]!]!++] = position));
    return { offsets, positions };
  });
  ids.forEach((id) => (slots[id] = 0));
  return { unique, count: ids.length, occurrences };
}

function forEachToken(block: TokenBlock, visit: (id: number, position: number) => void): void {
  for (let r = 0; r < block.rows; r++) {
    const end = r * block.length + block.lengths[r]!;
    for (let at = r * block.length; at < end; at++) visit(block.ids[at]!, at);
  }
}
