// Which passages of a batch count as negatives for which query: texts of one concept never do.
import type { Corpus } from "../data/corpus.ts";
import type { Batch } from "./batch.ts";

/**
 * @param width passages per row after padding; a shorter row repeats its first passage
 * @returns (B, B * width), row-major: 1 where the passage is a negative for the query. A passage that answers the
 *   query's concept is none, nor is a repetition: it would count twice.
 */
export function negativeMask(batch: Batch, corpus: Corpus, width: number): Uint8Array {
  const { conceptOffsets, concepts } = corpus.passages;
  const n = batch.rows.length;
  const mask = new Uint8Array(n * n * width).fill(1);
  const rowOf = new Map(batch.rows.map((row, i) => [row.concept, i]));
  for (const [j, { passages }] of batch.rows.entries()) {
    for (let p = 0; p < width; p++) {
      const column = j * width + p;
      if (p >= passages.length) {
        for (let i = 0; i < n; i++) mask[i * n * width + column] = 0;
        continue;
      }
      const passage = passages[p]!;
      for (let c = conceptOffsets[passage]!; c < conceptOffsets[passage + 1]!; c++) {
        const i = rowOf.get(concepts[c]!);
        if (i !== undefined) mask[i * n * width + column] = 0;
      }
    }
  }
  return mask;
}
