// How much a training step works on: a bound from the spec, and the longest batch from the plan. Trains nothing.
import { batchRows } from "../../core/plan/batchRows.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import type { StepSize } from "./memoryCheck.ts";

/** Batches whose texts are measured. Large batches differ little in length, and only large ones come near a limit. */
const MEASURED = 32;

/** What no step can pass. @param maxTokens of a text */
export function largestStep({ batch }: ExperimentSpec, maxTokens: number): StepSize {
  const texts = batch.size * (1 + batch.positives);
  return { texts, tokens: texts * maxTokens };
}

/** The longest of the first planned batches. @param plan from the run's own first step on */
export async function longestBatch(
  plan: Iterable<Batch>,
  train: Pick<LoadedCorpus, "tokens">,
): Promise<StepSize> {
  let longest: StepSize = { texts: 1, tokens: 0 };
  let measured = 0;
  for (const batch of plan) {
    const { queries, passages } = batchRows(batch);
    const sides = await Promise.all([train.tokens("queries", queries), train.tokens("passages", passages)]);
    const tokens = sides.reduce((sum, side) => sum + side.tokens.length, 0);
    if (tokens > longest.tokens) longest = { texts: queries.length + passages.length, tokens };
    if (++measured === MEASURED) break;
  }
  return longest;
}
