// A mix in words for somebody who sees one for the first time.
import { kindFacts } from "../../core/spec/batchKind.ts";
import { usedKinds } from "../../core/spec/ruleFacts.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { mixText } from "../form/simplex.ts";

/** What the batches hold. One sentence. */
export function mixWords({ batch }: Pick<ExperimentSpec, "batch">): string {
  const { mono, cross } = batch.ratio;
  if (batch.schedule !== "constant") return "The mix of batches moves as it trains.";
  if (mono === 1) return "Every batch holds one language.";
  if (mono === 0.5 && cross === 0.5) return "Half of the batches hold one language, half pair two.";
  return `Its batches: ${mixText(batch.ratio)}.`;
}

/** Which curve to look at, and why it may move. */
export function whyWords(spec: Pick<ExperimentSpec, "batch">): string {
  const joins = usedKinds(spec).some((kind) => kindFacts(kind).answers !== "own");
  return joins
    ? "Pairs pull languages together: watch Cr, answers in another language, rise."
    : "Nothing pulls languages together: does Cr, answers in another language, still rise?";
}
