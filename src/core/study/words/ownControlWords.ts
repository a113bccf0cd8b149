// What a rule is worth beyond its own mean, and beyond its own way backwards, as sentences to be read aloud.
import { counted } from "../../counted.ts";
import type { MetricAnalysis } from "../analysis/studyAnalysis.ts";
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
