// Whether the first group is better than the second: over seeds where both have several, else over the questions of one pair.
import { seedDifference, type SeedDifference } from "../../core/series/comparedSeeds.ts";
import { groupValue } from "../../core/series/groupValue.ts";
import { sameTest } from "../../core/record/sameTest.ts";
import type { Differences } from "../../core/stats/compareQueries.ts";
import { isOneExperiment, seededRun } from "../../core/series/seedGroups.ts";
import { detailOf, isGoing, type Run } from "../../state/run/run.ts";
import { metricWords, withoutIntervals } from "../uncertainty/intervalWords.ts";
import { useDifferences } from "../uncertainty/useStats.ts";
import { answerOfOneExperiment, answerOverQuestions, answerOverSeeds, type Answer } from "./compareWords.ts";
import type { RunGroup } from "./groups.ts";

/** One run of each group: of one seed where they have one in common. */
export function nearestPair(first: RunGroup, second: RunGroup): readonly [Run, Run] {
  for (const run of first.runs) {
    const other = second.runs.find(({ spec }) => spec.seed === run.spec.seed);
    if (other) return [run, other];
  }
  return [first.runs[0]!, second.runs[0]!];
}

export interface Question {
  readonly overSeeds: SeedDifference | undefined; // both groups have several, all with the number
  readonly pair: readonly [Run, Run] | undefined;
  /** Of the pair; undefined until computed. */
  readonly overQuestions: Differences | "unpaired" | undefined;
}

export function useQuestion(
  first: RunGroup | undefined,
  second: RunGroup | undefined,
  metric: string,
): Question {
  const pair = first && second ? nearestPair(first, second) : undefined;
  const [a, b] = [detailOf(pair?.[0]), detailOf(pair?.[1])];
  const found = useDifferences(a.queryValues, b.queryValues);
  const isSame = a.record !== undefined && b.record !== undefined && sameTest(a.record, b.record);
  return {
    overSeeds:
      first && second
        ? seedDifference(metric, first.runs, second.runs, ({ summary }) => summary[metric]?.now)
        : undefined,
    pair,
    overQuestions: found && !isSame ? "unpaired" : found,
  };
}

export function useAnswer(first: RunGroup, second: RunGroup | undefined, metric: string): Answer {
  const { overSeeds, pair, overQuestions } = useQuestion(first, second, metric);
  if (!second || !pair) {
    return {
      headline: "One group only: there is nothing to hold it against.",
      because: ["Train another mix with the same settings, or tick a run of the same test in the list."],
    };
  }
  const question = {
    names: [first.label, second.label] as const,
    metric,
    seeds: [first.runs.length, second.runs.length] as const,
    value: groupValue(second.runs.map(({ summary }) => summary[metric]?.now))?.mean ?? NaN,
  };
  const [a, b] = pair.map((run) => ({ of: seededRun(run), value: run.summary[metric]?.now }));
  if (a!.of && b!.of && isOneExperiment(a!.of, b!.of)) {
    return answerOfOneExperiment(question, (a!.value ?? NaN) - (b!.value ?? NaN));
  }
  if (overSeeds) return answerOverSeeds(question, overSeeds);
  const found = typeof overQuestions === "object" ? overQuestions[metric]?.overall : undefined;
  if (found) return answerOverQuestions(question, found);
  return { headline: "No answer yet.", because: [whyNone(pair, overQuestions, metric)] };
}

/** Why there is no difference over questions. */
export function whyNone(
  pair: readonly [Run, Run],
  found: Differences | "unpaired" | undefined,
  metric: string,
): string {
  for (const run of pair) {
    if (isGoing(run)) return `${run.name} is still in training: the answer comes with its last evaluation.`;
    const missing = run.detail.state === "stored" ? undefined : withoutIntervals(run);
    if (missing !== undefined) return `${run.name}: ${missing}`;
  }
  if (found === "unpaired") {
    return "These two were not tested on the same questions and passages, so their difference would say nothing.";
  }
  const lacking = pair.find((run) => !(metric in (detailOf(run).queryValues?.values ?? {})));
  if (found && lacking)
    return `${lacking.name}: ${metricWords(metric).label} was not measured for single questions.`;
  return found
    ? "Fewer than 10 independent questions, or nearly all alike: too little for an interval."
    : "Comparing…";
}
