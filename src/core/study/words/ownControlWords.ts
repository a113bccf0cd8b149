// What a rule is worth beyond its own mean, and beyond its own way backwards, as sentences to be read aloud.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import type { MetricAnalysis, OwnControl } from "../analysis/studyAnalysis.ts";
import type { MadeControl, Study } from "../study.ts";
import { labelOf, seedsWords, sizeOf } from "./findingWords.ts";
import { changeWords, metricName, pWords, verdictWords } from "./studyNumbers.ts";

const MADE: Readonly<Record<MadeControl, string>> = {
  mean: "its own mean held fixed",
  reversed: "its own way backwards",
};

/** A sentence for each way controls are made; none where there are none. */
export function ownControlWords(study: Study, { metric, ownControls = [] }: MetricAnalysis): string[] {
  const size = sizeOf(study, metric);
  return (Object.keys(MADE) as MadeControl[]).flatMap((made) => {
    const own = ownControls.filter((one) => one.made === made);
    if (own.length === 0) return [];
    const told = own.map(({ rule, against }) => {
      const p = against.adjusted === undefined ? "" : `, p ${pWords(against.adjusted)}`;
      return `${labelOf(study, rule)} ${changeWords(metric, against)}${p}, ${verdictWords(against.verdict, size)}`;
    });
    const seeds = seedsWords(own.map(({ against }) => against));
    const family = counted(ownControls.length, "comparison");
    return [
      `Each rule against ${MADE[made]}, ${metricName(metric)}, ${seeds}, p over all ${family}: ${told.join("; ")}.`,
    ];
  });
}

/** The rule that is furthest ahead of its own mean, and whether any is shown to beat it; undefined before it is tested. */
export function meanHeadline(study: Study, { metric, ownControls = [] }: MetricAnalysis): string | undefined {
  const means = ownControls.filter(({ made }) => made === "mean");
  const isTested = means.some(({ against }) => against.verdict.kind !== "tooFew");
  if (!isTested || means.some(({ against }) => against.verdict.kind === "better")) return undefined;
  const ahead = means.reduce((a, b) => (isAhead(b, a, metric) ? b : a));
  const { rule, against } = ahead;
  return `No rule is shown to beat its own mean held fixed in ${metricName(metric)}. Ahead of its mean by most is ${labelOf(study, rule)}: ${changeWords(metric, against)}, ${verdictWords(against.verdict, sizeOf(study, metric))}.`;
}

const isAhead = (a: OwnControl, b: OwnControl, metric: string): boolean =>
  findMetric(metric)?.better === "lower" ? a.against.mean < b.against.mean : a.against.mean > b.against.mean;
