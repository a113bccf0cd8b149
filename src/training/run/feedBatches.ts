// Batches of a plan with their tokens, fetched a few batches ahead: while one trains, the next are looked up.
import type { Batch } from "../../core/plan/batch.ts";
import type { KindWeights } from "../../core/spec/spec.ts";
import type { TrainBatch } from "../model/model.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { buildTrainBatch } from "./trainBatch.ts";
import type { Vocabulary } from "../corpus/vocabulary.ts";

export interface FedBatch {
  readonly batch: Batch;
  readonly weights: KindWeights; // of its rows
  readonly input: TrainBatch;
}

/** Batches whose tokens may be held or under way at once: what bounds the trainer's share of a large set. */
export const BATCHES_AHEAD = 8;

/** The first batch that is not drawn yet when `step` batches have been trained, and so the first that a decision can move. */
export const firstUndrawn = (step: number): number => step + BATCHES_AHEAD - 1;

/**
 * The plan's batches in its order, with the loss weights of when each is drawn. The plan is asked for at most `ahead` batches that nobody has taken; its error
 * comes after the batches before it.
 */
export async function* feedBatches(
  plan: Iterator<Batch>,
  corpus: Pick<LoadedCorpus, "corpus" | "tokens">,
  vocabulary: Vocabulary,
  weightsAt: (step: number) => KindWeights,
  ahead = BATCHES_AHEAD,
): AsyncGenerator<FedBatch> {
  const queue: Promise<FedBatch | undefined>[] = [];
  const fetchNext = async (): Promise<FedBatch | undefined> => {
    const planned = plan.next(); // before anything is awaited: batches keep their order
    if (planned.done) return undefined;
    const batch = planned.value;
    const weights = weightsAt(batch.step);
    return { batch, weights, input: await buildTrainBatch(batch, corpus, vocabulary, weights) };
  };
  for (;;) {
    while (queue.length < ahead) {
      const next = fetchNext();
      next.catch(() => undefined); // awaited in its turn; until then a failure is not unhandled
      queue.push(next);
    }
    const fed = await queue.shift();
    if (!fed) return;
    yield fed;
  }
}
