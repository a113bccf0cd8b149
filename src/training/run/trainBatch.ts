// A planned batch as arrays for the model: tokens, positives, negatives and row weights.
import { batchRows } from "../../core/plan/batchRows.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { negativeMask } from "../../core/plan/negatives.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import type { TrainBatch } from "../model/model.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { trimRows, type Vocabulary } from "../corpus/vocabulary.ts";

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
