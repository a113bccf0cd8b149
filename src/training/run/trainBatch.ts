// A planned batch as arrays for the model: tokens, positives, negatives and row weights.
import type { Batch } from "../../core/plan/batch.ts";
import { negativeMask } from "../../core/plan/negatives.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import type { TrainBatch } from "../model/model.ts";
import type { LoadedCorpus } from "./runPorts.ts";
import { trimRows, type Vocabulary } from "../corpus/vocabulary.ts";

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

export async function buildTrainBatch(
  batch: Batch,
  { corpus, tokens }: Pick<LoadedCorpus, "corpus" | "tokens">,
  vocabulary: Vocabulary,
  weights: KindWeights,
): Promise<TrainBatch> {
  const { k, queries, passages } = batchRows(batch);
  const [queryTokens, passageTokens] = await Promise.all([
    tokens("queries", queries),
    tokens("passages", passages),
  ]);
  return {
    queries: trimRows(queryTokens, vocabulary),
    passages: trimRows(passageTokens, vocabulary),
    k,
    negatives: negativeMask(batch, corpus, k),
    rowWeights: Float32Array.from(batch.rows, (row) => weights[row.kind]),
  };
}
