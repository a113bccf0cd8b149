// Scores queries against a fixed pool of passages by inner product. Never ranks: see poolRanker.ts and core's counting.
import * as tf from "@tensorflow/tfjs-core";
import { arraysOf, hasArrays } from "../engine/arrays.ts";
import { copiedTensor, emptyTensor } from "../engine/kernel.ts";
import { productInto } from "../engine/matmul.ts";

/** Columns of one product, at most. */
export const BLOCK_COLUMNS = 1024;
/** Blocks are whole multiples of any kernel's tile, so every column is computed by the same code. */
const TILE_COLUMNS = 64;

/** Scores held at a time (32 MiB), and queries of a block: enough rows for a product to be worth its packing. */
const BLOCK_SCORES = 8 * 2 ** 20;
const MOST_QUERIES = 256;
const LEAST_QUERIES = 16;

export interface Scorer {
  /**
   * (q, N) inner products, cosines for unit vectors. Equal passage vectors score equal bits for a query, in whatever
   * column they stand: the rule for ties relies on it.
   */
  scores(queries: Float32Array): Promise<Float32Array>;
  /** The same on the device, as blocks of `blockColumns` columns, each (q, blockColumns); belongs to the caller's tidy. */
  blocks(queries: Float32Array): tf.Tensor;
  /** The fewest that hold the pool in as many blocks: of 2,409 passages 832, as with 1,024 a fifth of the products would be of none. */
  readonly blockColumns: number;
  /** Queries to give to one call of `blocks`, so that memory is bounded whatever the pool. */
  readonly queriesAtOnce: number;
  dispose(): void;
}

/** @param passages (N, width), copied to the device */
export function createScorer(passages: Float32Array, width: number): Scorer {
  const n = countRows("passages", passages, width);
  const blockColumns = columnsOf(n);
  const parts: tf.Tensor[] = [];
  for (let start = 0; start < n; start += blockColumns) {
    const part = passages.subarray(start * width, (start + blockColumns) * width);
    parts.push(copiedTensor(part, [blockColumns, width])); // zeros past the end
  }
  const room = Math.floor(BLOCK_SCORES / (Math.max(parts.length, 1) * blockColumns));
  const queriesAtOnce = Math.min(MOST_QUERIES, Math.max(LEAST_QUERIES, room));

  function blocks(queries: Float32Array): tf.Tensor {
    const q = countRows("queries", queries, width);
    const left = copiedTensor(queries, [q, width]);
    const all = emptyTensor([parts.length, q, blockColumns]);
    parts.forEach((part, b) => {
      const slice = { tensor: all, offset: b * q * blockColumns, shape: [q, blockColumns] };
      productInto(slice, left, part, false, true);
    });
    return all;
  }

  return {
    queriesAtOnce,
    blockColumns,
    blocks,
    async scores(queries) {
      const q = countRows("queries", queries, width);
      const result = new Float32Array(q * n);
      for (let first = 0; first < q; first += queriesAtOnce) {
        const count = Math.min(queriesAtOnce, q - first);
        const all = tf.tidy(() => blocks(queries.subarray(first * width, (first + count) * width)));
        // On cpu and wasm the scores are copied once, straight from the backend's memory.
        const values = hasArrays() ? arraysOf([all])[0]! : ((await all.data()) as Float32Array);
        for (let at = 0; at < n; at += blockColumns) {
          const live = Math.min(blockColumns, n - at);
          for (let i = 0; i < count; i++) {
            const from = at * count + i * blockColumns;
            result.set(values.subarray(from, from + live), (first + i) * n + at);
          }
        }
        all.dispose();
      }
      return result;
    },
    dispose() {
      tf.dispose(parts);
    },
  };
}

/** @param n passages of the pool */
function columnsOf(n: number): number {
  const blocks = Math.max(1, Math.ceil(n / BLOCK_COLUMNS));
  return TILE_COLUMNS * Math.max(1, Math.ceil(n / blocks / TILE_COLUMNS));
}

function countRows(what: string, values: Float32Array, width: number): number {
  const rows = values.length / width;
  if (!Number.isInteger(rows)) {
    throw new RangeError(
      `createScorer: ${what} has ${values.length} numbers, not a multiple of width ${width}`,
    );
  }
  return rows;
}
