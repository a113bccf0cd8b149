// Scores queries against a fixed pool of passages by inner product. Never ranks: counting ranks is core's work.
import * as tf from "@tensorflow/tfjs-core";
import { arraysOf, hasArrays } from "../engine/arrays.ts";

/** Columns of one product. A multiple of any tile width, so every column is computed by the same code. */
const BLOCK_COLUMNS = 1024;
const BLOCK_QUERIES = 1024;

export interface Scorer {
  /**
   * (q, N) inner products, cosines for unit vectors. Equal passage vectors score equal bits for a query, in whatever
   * column they stand: the rule for ties relies on it.
   */
  scores(queries: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

/** @param passages (N, width), copied to the device */
export function createScorer(passages: Float32Array, width: number): Scorer {
  const n = countRows("passages", passages, width);
  const blocks: tf.Tensor2D[] = [];
  for (let start = 0; start < n; start += BLOCK_COLUMNS) {
    const columns = new Float32Array(width * BLOCK_COLUMNS); // transposed, zeros past the end
    const count = Math.min(BLOCK_COLUMNS, n - start);
    for (let i = 0; i < count; i++) {
      const from = (start + i) * width;
      for (let d = 0; d < width; d++) columns[d * BLOCK_COLUMNS + i] = passages[from + d]!;
    }
    blocks.push(tf.tensor2d(columns, [width, BLOCK_COLUMNS]));
  }
  return {
    async scores(queries) {
      const q = countRows("queries", queries, width);
      const result = new Float32Array(q * n);
      for (let first = 0; first < q; first += BLOCK_QUERIES) {
        const count = Math.min(BLOCK_QUERIES, q - first);
        const left = tf.tensor2d(queries.slice(first * width, (first + count) * width), [count, width]);
        for (const [b, block] of blocks.entries()) {
          const product = tf.matMul(left, block);
          // On cpu and wasm the scores are copied once, straight from the backend's memory.
          const values = hasArrays() ? arraysOf([product])[0]! : ((await product.data()) as Float32Array);
          const live = Math.min(BLOCK_COLUMNS, n - b * BLOCK_COLUMNS);
          for (let i = 0; i < count; i++) {
            const row = values.subarray(i * BLOCK_COLUMNS, i * BLOCK_COLUMNS + live);
            result.set(row, (first + i) * n + b * BLOCK_COLUMNS);
          }
          product.dispose();
        }
        left.dispose();
      }
      return result;
    },
    dispose() {
      tf.dispose(blocks);
    },
  };
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
