// Encodes any number of texts in blocks of one shape per length bucket. Never trains.
import * as tf from "@tensorflow/tfjs-core";
import type { TokenRows } from "../../core/data/corpus.ts";
import { arraysOf, hasArrays } from "../engine/arrays.ts";
import { encodeBlock } from "./encoder.ts";
import { vectorWidth, type EncoderConfig } from "./encoderConfig.ts";
import type { Parameters } from "./parameters.ts";
import { lengthBucket, packTexts } from "./tokenBlock.ts";

/** Texts of one block, at most; exactly where shapes should recur. A bag's block is one table lookup, a transformer's holds all its hidden states. */
export const BAG_ROWS = 1024;
export const LAYER_ROWS = 64;
/** Tokens of one block, where shapes need not recur: 64 texts of 128. */
const LAYER_PLACES = 8192;

/**
 * (n, D) unit vectors, in the order of `texts`. Each distinct token row is encoded once.
 *
 * @param told how many of the texts are read, after each block
 * @throws the signal's reason once it is aborted (looked at between blocks), RangeError for a row no block can take
 */
export async function encodeRows(
  config: EncoderConfig,
  parameters: Parameters,
  texts: TokenRows,
  signal?: Pick<AbortSignal, "throwIfAborted">,
  told?: (texts: number) => void,
): Promise<Float32Array> {
  const width = vectorWidth(config);
  const copyOf = firstEqualRows(texts);
  const result = new Float32Array(copyOf.length * width);
  const padded = !hasArrays(); // arrays need no shape to recur, and a bag's none of one length
  const copies = new Int32Array(copyOf.length);
  for (const first of copyOf) copies[first]! += 1;
  let blocks = 0;
  let read = 0;
  for (const [length, order] of byLength(texts, copyOf, config, padded)) {
    const most = padded ? LAYER_ROWS : Math.floor(LAYER_PLACES / Math.max(1, length));
    const blockRows = config.layers === 0 ? BAG_ROWS : Math.max(1, Math.min(LAYER_ROWS, most));
    for (let start = 0; start < order.length; start += blockRows) {
      // A pause, or on wasm and cpu no message could arrive to abort anything.
      if (signal && ++blocks % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
      const chosen = order.subarray(start, start + blockRows);
      const rows = padded ? blockRows : chosen.length;
      const block = packTexts([{ texts, rows: chosen }], rows, { ...config, bucketed: padded });
      const vectors = tf.tidy(() => encodeBlock(config, parameters, block).vectors);
      const values = (hasArrays() ? arraysOf([vectors])[0] : await vectors.data()) as Float32Array;
      chosen.forEach((text, i) => result.set(values.subarray(i * width, (i + 1) * width), text * width));
      vectors.dispose();
      for (const text of chosen) read += copies[text]!;
      told?.(read);
    }
  }
  copyOf.forEach((first, text) => {
    if (first !== text) result.copyWithin(text * width, first * width, (first + 1) * width);
  });
  return result;
}

/** For each row the first row with the same tokens, found by a hash of them: an evaluation asks it of the same rows each time. */
function firstEqualRows(texts: TokenRows): Int32Array {
  const n = texts.offsets.length - 1;
  const mask = 2 ** Math.ceil(Math.log2(2 * n + 2)) - 1;
  const slots = new Int32Array(mask + 1).fill(-1); // a first row, where its hash or a neighbour's put it
  return new Int32Array(n).map((_, row) => {
    let slot = hashOf(texts, row) & mask;
    while (slots[slot] !== -1 && !areEqual(texts, slots[slot]!, row)) slot = (slot + 1) & mask;
    if (slots[slot] === -1) slots[slot] = row;
    return slots[slot]!;
  });
}

/** FNV-1a over token ids, its high bits mixed in. */
function hashOf({ offsets, tokens }: TokenRows, row: number): number {
  let hash = 0x811c9dc5;
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) hash = Math.imul(hash ^ tokens[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function areEqual({ offsets, tokens }: TokenRows, a: number, b: number): boolean {
  const [start, other] = [offsets[a]!, offsets[b]!];
  const length = offsets[a + 1]! - start;
  if (offsets[b + 1]! - other !== length) return false;
  for (let i = 0; i < length; i++) if (tokens[start + i] !== tokens[other + i]) return false;
  return true;
}

/** The distinct rows, those of one length bucket together where length matters. */
function byLength(
  { offsets }: TokenRows,
  copyOf: Int32Array,
  { layers, maxTokens }: EncoderConfig,
  padded: boolean,
): [length: number, rows: Int32Array][] {
  const matters = padded || layers > 0;
  const groups = new Map<number, number[]>();
  copyOf.forEach((first, i) => {
    if (first !== i) return;
    const length = matters ? lengthBucket(offsets[i + 1]! - offsets[i]!, maxTokens) : 0;
    const group = groups.get(length);
    if (group) group.push(i);
    else groups.set(length, [i]);
  });
  return [...groups].map(([length, rows]) => [length, Int32Array.from(rows)]);
}
