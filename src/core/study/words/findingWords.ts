// What was found in one measure beside the verdicts of its families (familyWords.ts): the start and the baselines, the other
// measures in short, new questions. Decides no verdict.
import { findMetric } from "../../metrics/metricTable.ts";
import { shortBeside } from "../analysis/besideRows.ts";
import type { MetricAnalysis } from "../analysis/studyAnalysis.ts";
import { controlOf, type Study } from "../study.ts";
import { labelOf } from "./cellWords.ts";
import { leadPair, shortVerdicts } from "./familyWords.ts";
import { changeWords, metricName, valueWords } from "./studyNumbers.ts";
import { capitalised } from "../../capitalised.ts";

/** "Cr mAP: before training .096; language means subtracted .104; the cells .120 to .148."; undefined where nothing stands there. */
export function besideWords({ metric, beside, rows }: MetricAnalysis): string | undefined {
  if (beside.length === 0) return undefined;
  const name = metricName(metric);
  const told = beside.map(
    ({ label, mean }, i) => `${i === 0 ? label : shortBeside(label)} ${valueWords(metric, mean)}`,
  );
  const [least, most] = [Math.min, Math.max].map((of) =>
    valueWords(metric, of(...rows.map(({ mean }) => mean))),
  );
  const cells = rows.length === 0 ? "" : `; the cells ${least === most ? least : `${least} to ${most}`}`;
  return `${capitalised(name)}: ${told.join("; ")}${cells}.`;
}

/** "Mo mAP: 6 better, most “Monolingual” with +.0103; 2 undecided."; undefined without cells that were tested. */
export function shortWords(study: Study, { metric, rows }: MetricAnalysis): string | undefined {
  const control = controlOf(study);
  const pairs = rows.flatMap(({ cell, against }) => (against ? [{ cell, other: control, against }] : []));
  if (pairs.every(({ against }) => against.verdict.kind === "tooFew")) return undefined; // as in the primary one
  const told = shortVerdicts(study, metric, pairs);
  return told === undefined ? undefined : `${findMetric(metric)?.label ?? metric}: ${told}.`;
}

/** The pair that is told first, for new seeds and new questions both; undefined where values of single questions are not kept. */
export function newQuestionsWords(study: Study, analysis: MetricAnalysis): string | undefined {
  const best = leadPair(analysis);
  const both = best?.against.newQuestions;
  if (!best || !both) return undefined;
  const change = { ...both, n: both.nSeeds };
  return `For new questions, too, ${labelOf(study, best.cell)} less ${labelOf(study, best.other)} is ${changeWords(analysis.metric, change)} (95 % interval over ${both.nSeeds} seeds and ${both.nClusters} groups of questions, two-way).`;
}
