// What one training step is given, and how its texts are laid out. Pure: no tensors.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { EncoderConfig } from "./encoderConfig.ts";
import { emptyBlock, fillBlock, lengthBucket, longestRow, type TokenBlock } from "./tokenBlock.ts";

/** B queries with k positives each. Token ids are the model's own (0 .. vocabSize - 1). */
export interface TrainBatch {
  readonly queries: TokenRows; // B
  readonly passages: TokenRows; // B * k, row-major: those of query i are i*k .. i*k + k - 1
  readonly k: number; // >= 1
  /** (B, B * k) 1 = the passage is a negative for the query. Own positives and others of its concept are 0. */
  readonly negatives: Uint8Array;
  readonly rowWeights: Float32Array; // (B) weight of each row's loss
}

/** @throws RangeError naming what does not fit */
export function checkBatch(batch: TrainBatch, temperature: number): void {
  const { queries, passages, k, negatives, rowWeights } = batch;
  const rows = queries.offsets.length - 1;
  const expect = (what: string, found: number, right: number) => {
    if (found !== right) throw new RangeError(`trainStep: ${what} must be ${right}, got ${found}`);
  };
  if (rows < 1 || k < 1)
    throw new RangeError(`trainStep: needs B >= 1 and k >= 1, got B = ${rows}, k = ${k}`);
  expect("passages (B * k)", passages.offsets.length - 1, rows * k);
  expect("length of negatives (B * B * k)", negatives.length, rows * rows * k);
  expect("length of rowWeights (B)", rowWeights.length, rows);
  if (!(temperature > 0)) throw new RangeError(`trainStep: temperature must be > 0, got ${temperature}`);
  for (let i = 0; i < rows; i++) {
    for (let j = i * k; j < i * k + k; j++) {
      if (negatives[i * rows * k + j]) {
        throw new RangeError(
          `trainStep: passage ${j} is a positive of query ${i} and cannot be its negative`,
        );
      }
    }
  }
}

/**
 * One block of queries then passages if both sides fall in one length bucket, else a block each. A bag pays nothing
 * for padding, so it always gets one.
 */
export function layOutBatch(batch: TrainBatch, config: EncoderConfig): TokenBlock[] {
  const sides = [batch.queries, batch.passages];
  const counts = sides.map(({ offsets }) => offsets.length - 1);
  const lengths = sides.map((side) => lengthBucket(longestRow(side, config.maxTokens), config.maxTokens));
  const place = (block: TokenBlock, first: number, side: TokenRows, count: number) => {
    fillBlock(
      block,
      first,
      side,
      Int32Array.from({ length: count }, (_, i) => i),
      config.vocabSize,
    );
  };
  if (config.layers > 0 && lengths[0] !== lengths[1]) {
    return sides.map((side, i) => {
      const block = emptyBlock(counts[i]!, lengths[i]!);
      place(block, 0, side, counts[i]!);
      return block;
    });
  }
  const block = emptyBlock(counts[0]! + counts[1]!, Math.max(...lengths));
  place(block, 0, batch.queries, counts[0]!);
  place(block, counts[0]!, batch.passages, counts[1]!);
  return [block];
}
