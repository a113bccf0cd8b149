// A planned batch as arrays for the model: tokens, positives, negatives and row weights.
import type { Batch } from "../../core/plan/batch.ts";
import { negativeMask } from "../../core/plan/negatives.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import type { TrainBatch } from "../model/model.ts";
import type { LoadedCorpus } from "./runPorts.ts";
import { trimRows, type Vocabulary } from "./vocabulary.ts";

/** Rows with fewer positives than the widest repeat their first one, which changes neither loss nor gradient. */
export async function buildTrainBatch(
  batch: Batch,
  { corpus, tokens }: Pick<LoadedCorpus, "corpus" | "tokens">,
  vocabulary: Vocabulary,
  weights: KindWeights,
): Promise<TrainBatch> {
  const k = Math.max(...batch.rows.map((row) => row.passages.length));
  const passages = batch.rows.flatMap((row) =>
    Array.from({ length: k }, (_, i) => row.passages[i] ?? row.passages[0]!),
  );
  const [queryTokens, passageTokens] = await Promise.all([
    tokens(
      "queries",
      Int32Array.from(batch.rows, (row) => row.query),
    ),
    tokens("passages", Int32Array.from(passages)),
  ]);
  return {
    queries: trimRows(queryTokens, vocabulary),
    passages: trimRows(passageTokens, vocabulary),
    k,
    negatives: negativeMask(batch, corpus, k),
    rowWeights: Float32Array.from(batch.rows, (row) => weights[row.kind]),
  };
}
