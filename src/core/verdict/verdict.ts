// What a finished run says, in at most three short sentences: how sure, what changed, how it stands beside other mixes of the
// same experiment; and what to do next. Words follow intervals (docs/metrics.md, "The verdict"). Computes no interval.
import { counted } from "../counted.ts";
import { wholeText } from "../numbersIn.ts";
import { LEAST_SEEDS } from "../series/comparedSeeds.ts";
import { membersOf, type SeededRun } from "../series/seedGroups.ts";
import { evalLanguages, evalTarget } from "../spec/resolve.ts";
import { besideWords } from "./besideWords.ts";
import { changeWords } from "./changeWords.ts";
import type { Evidence } from "./evidence.ts";
import { nextStep, type NextStep } from "./nextStep.ts";
import { capitalised } from "../capitalised.ts";

export interface Verdict<R> {
  readonly sentences: readonly string[];
  readonly next?: NextStep<R>;
}

export function verdictOf<R extends SeededRun>(evidence: Evidence<R>): Verdict<R> {
  const beside = besideWords(evidence);
  const [answers, ...bias] = changeWords(evidence, beside === undefined);
  const both = [answers, ...(beside === undefined ? [] : [beside])].join("; ");
  const next = nextStep(evidence);
  return { sentences: [opening(evidence), both, ...bias].map((one) => `${one}.`), ...(next && { next }) };
}

/** Fewer languages than this are said: their mean is that of a handful of pairs. */
const FEW_LANGUAGES = 4;

/** "One seed", "3 seeds, too few to test", "Stopped at step 40 of 200, one seed, 2 languages" */
function opening<R extends SeededRun>({ run, runs, parent, stopped, step, neighbours }: Evidence<R>): string {
  const { spec } = run;
  const seeds = membersOf(run, runs).length;
  const languages = evalLanguages(spec).length;
  const { datasetId, split } = evalTarget(spec);
  const isEach = neighbours.length > 0 && neighbours.every((other) => other.runs.length === 1);
  const parts = [
    ...(stopped ? [`stopped at step ${wholeText(step)} of ${wholeText(spec.steps)}`] : []),
    ...(parent ? [`a branch from step ${wholeText(parent.step)}`] : []),
    seeds > 1 ? `${seeds} seeds` : isEach ? "one seed each" : "one seed",
    ...(seeds > 1 && seeds < LEAST_SEEDS ? ["too few to test"] : []),
    ...(languages < FEW_LANGUAGES ? [languages === 1 ? "one language" : counted(languages, "language")] : []),
    ...(split === "all" && datasetId === spec.data.train ? ["tested on texts that training saw"] : []),
  ];
  return capitalised(parts.join(", "));
}
