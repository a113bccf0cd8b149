// Packs token rows end to end and lists where each token occurs. Pure: no tensors.
import type { TokenRows } from "../../core/data/corpus.ts";

/** Texts to encode are gathered by these lengths. Few, because WebGPU keeps a buffer pool per size and gives none back. */
const LENGTHS = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];

export function lengthBucket(tokens: number, maxTokens: number): number {
  const fits = LENGTHS.find((length) => length >= tokens) ?? Math.ceil(tokens / 512) * 512;
  return Math.min(fits, maxTokens);
}

/** Sizes in tokens for the same reason: 64, 80, 96, 112, 128, 160, ..., four an octave, so at most a fifth is spare. */
export function countBucket(count: number): number {
  let step = 16;
  while (step * 8 < count) step *= 2;
  return Math.max(64, Math.ceil(count / step) * step);
}

/**
 * Texts laid end to end. Transformers compute nothing for padding.
 * `n` places, of which the last may be filling.
 */
export interface TokenBlock {
  readonly rows: number;
  readonly length: number; // of the longest text
  readonly ids: Int32Array; // (n) token ids, 0 in the filling
  readonly owners: Int32Array; // (n) the text of a place, -1 for filling
  readonly starts: Int32Array; // (rows + 1) text r has places starts[r] .. starts[r + 1]
}

/** Rows of one side of a batch, or of the texts to encode. */
export interface Side {
  readonly texts: TokenRows;
  readonly rows: Int32Array; // which of them, in this order
}

export interface BlockLimits {
  readonly vocabSize: number;
  readonly maxTokens: number;
  readonly bucketed: boolean; // round n up, for devices that pool buffers by size
}

/**
 * The sides' rows in one block, `rows` texts in all (missing ones are empty).
 *
 * @throws RangeError if a row is longer than maxTokens or has an id outside 0 .. vocabSize - 1: a GPU would read on
 */
export function packTexts(sides: readonly Side[], rows: number, limits: BlockLimits): TokenBlock {
  const starts = new Int32Array(rows + 1);
  let r = 0;
  let longest = 0;
  for (const { texts, rows: chosen } of sides) {
    for (const text of chosen) {
      const size = texts.offsets[text + 1]! - texts.offsets[text]!;
      if (size > limits.maxTokens) {
        const advice = `the encoder takes at most ${limits.maxTokens}: cut when tokenising`;
        throw new RangeError(`Text ${text} has ${size} tokens, ${advice}`);
      }
      longest = Math.max(longest, size);
      starts[r + 1] = starts[r]! + size;
      r++;
    }
  }
  starts.fill(starts[r]!, r);
  const live = starts[rows]!;
  const n = limits.bucketed ? countBucket(live) : Math.max(live, 1);
  const ids = new Int32Array(n);
  const owners = new Int32Array(n).fill(-1);
  let i = 0;
  r = 0;
  for (const { texts, rows: chosen } of sides) {
    for (const text of chosen) {
      for (let at = texts.offsets[text]!; at < texts.offsets[text + 1]!; at++) {
        const id = texts.tokens[at]!;
        if (id < 0 || id >= limits.vocabSize) {
          const place = `Token ${at - texts.offsets[text]!} of text ${text}`;
          throw new RangeError(`${place} has id ${id}, the encoder knows 0 to ${limits.vocabSize - 1}`);
        }
        ids[i] = id;
        owners[i++] = r;
      }
      r++;
    }
  }
  return { rows, length: longest, ids, owners, starts };
}

/** Where each unique token of a block occurs: compressed rows over `unique`. */
export interface TokenIndex {
  readonly unique: Int32Array; // (size) ascending token ids, 0 from `count` on
  readonly count: number; // U
  readonly offsets: Int32Array; // (size + 1)
  readonly places: Int32Array; // (n) ascending within a token; unused from offsets[U] on
}

/** @param slots (vocabSize) scratch, all zero before and after */
export function indexTokens(
  { ids, starts, rows }: TokenBlock,
  slots: Int32Array,
  bucketed: boolean,
): TokenIndex {
  const live = starts[rows]!;
  const found = new Int32Array(live);
  let count = 0;
  for (let i = 0; i < live; i++) {
    const id = ids[i]!;
    if (slots[id] === 0) found[count++] = id;
    slots[id] = 1;
  }
  const sorted = found.subarray(0, count).sort();
  const unique = new Int32Array(bucketed ? countBucket(count) : Math.max(count, 1));
  unique.set(sorted);
  for (let u = 0; u < count; u++) slots[sorted[u]!] = u;
  const offsets = new Int32Array(unique.length + 1);
  for (let i = 0; i < live; i++) offsets[slots[ids[i]!]! + 1]!++;
  for (let u = 0; u < unique.length; u++) offsets[u + 1]! += offsets[u]!;
  const next = offsets.slice();
  const places = new Int32Array(ids.length);
  for (let i = 0; i < live; i++) places[next[slots[ids[i]!]!]!++] = i;
  for (let u = 0; u < count; u++) slots[sorted[u]!] = 0;
  return { unique, count, offsets, places };
}
