// What one training step is given, and what makes it fit. Makes no tensors.
import type { TokenRows } from "../../core/data/corpus.ts";
import { checkTeacher, type TeacherBatch } from "./teacher.ts";

/** B queries with k positives each. Token ids are the model's own (0 .. vocabSize - 1). */
export interface TrainBatch {
  readonly queries: TokenRows; // B
  readonly passages: TokenRows; // B * k, row-major: those of query i are i*k .. i*k + k - 1
  readonly k: number; // >= 1
  /** (B, B * k) 1 = the passage is a negative for the query. Own positives and others of its concept are 0. */
  readonly negatives: Uint8Array;
  readonly rowWeights: Float32Array; // (B) weight of each row's loss
  readonly teacher?: TeacherBatch;
}

/**
 * @param width of the model's vectors
 * @throws RangeError naming what does not fit
 */
export function checkBatch(batch: TrainBatch, temperature: number, width: number): void {
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
  if (batch.teacher) checkTeacher(batch.teacher, rows, rows * k, width);
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
