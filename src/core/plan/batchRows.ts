// Which corpus rows a batch is made of, as arrays. Reads no token.
import type { Batch } from "./batch.ts";

/**
 * Rows of the corpus that a batch is made of: (B) queries and (B * k) passages, row-major. Rows with fewer positives
 * than the widest repeat their first one, which changes neither the contrastive loss nor its gradient.
 */
export function batchRows(batch: Batch): { k: number; queries: Int32Array; passages: Int32Array } {
  const { rows } = batch;
  let k = 0;
  for (const { passages } of rows) k = Math.max(k, passages.length);
  const passages = new Int32Array(rows.length * k);
  rows.forEach((row, i) => {
    for (let j = 0; j < k; j++) passages[i * k + j] = row.passages[j] ?? row.passages[0]!;
  });
  return { k, queries: Int32Array.from(rows, (row) => row.query), passages };
}
