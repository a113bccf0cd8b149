// A planned batch as arrays for the model: tokens, positives, negatives and row weights.
import type { Corpus } from "../../core/data/corpus.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { negativeMask } from "../../core/plan/negatives.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import type { TrainBatch } from "../model/model.ts";
import { trimRows, type Vocabulary } from "./vocabulary.ts";

/** Rows with fewer positives than the widest repeat their first one, which changes neither loss nor gradient. */
export function buildTrainBatch(
  batch: Batch,
  corpus: Corpus,
  vocabulary: Vocabulary,
  weights: KindWeights,
): TrainBatch {
  const k = Math.max(...batch.rows.map((row) => row.passages.length));
  const passages = batch.rows.flatMap((row) =>
    Array.from({ length: k }, (_, i) => row.passages[i] ?? row.passages[0]!),
  );
  return {
    queries: trimRows(
      corpus.queries,
      batch.rows.map((row) => row.query),
      vocabulary,
    ),
    passages: trimRows(corpus.passages, passages, vocabulary),
    k,
    negatives: negativeMask(batch, corpus, k),
    rowWeights: Float32Array.from(batch.rows, (row) => weights[row.kind]),
  };
}
