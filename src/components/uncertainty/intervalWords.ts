// What an interval or a test is called in front of people: over which questions, how many seeds, or why there is none.
import { findMetric } from "../../core/metrics/metricTable.ts";
import { RESAMPLES, type Interval, type Intervals } from "../../core/stats/bootstrap.ts";
import type { Difference, Differences } from "../../core/stats/compareQueries.ts";
import { detailOf, type Run, isGoing } from "../../state/run/run.ts";
import { changeText, countText, metricText, scoreText, type NumberText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";

/** Label and number format of a metric with intervals. */
export function metricWords(path: string): { readonly label: string; readonly text: NumberText } {
  const metric = findMetric(path);
  return metric ? { label: metric.label, text: metricText(metric) } : { label: path, text: scoreText };
}

/** To choose from: "Same language (Mo mAP)" */
export function metricName(path: string): string {
  const { plain, short, label = path } = findMetric(path) ?? {};
  return short === undefined || plain === undefined ? label : `${plain} (${label.replace(plain, short)})`;
}

/** Whether smaller values of a metric are better. */
export const lowerIsBetter = (path: string) => findMetric(path)?.better === "lower";

/** ".400–.424" */
export const rangeText = ({ low, high }: Pick<Interval, "low" | "high">, text: NumberText) =>
  `${text(low)}–${text(high)}`;

/** "[+.004, +.020]" */
export const changeRangeText = ({ low, high }: Pick<Interval, "low" | "high">, text: NumberText) =>
  `[${changeText(low, text)}, ${changeText(high, text)}]`;

/** Which way an interval of a change leaves 0 out, for whoever wants it good; undefined where it does not. */
export function verdictOf(
  path: string,
  { low, high }: Pick<Interval, "low" | "high">,
): "good" | "bad" | undefined {
  if ((low <= 0 && high >= 0) || findMetric(path)?.better === "neither") return undefined;
  return low > 0 !== lowerIsBetter(path) ? "good" : "bad";
}

/** Why a run has no intervals, or undefined if it has them or will. */
export function withoutIntervals(run: Run): string | undefined {
  if (detailOf(run).queryValues) return undefined;
  if (isGoing(run)) return "Intervals come with the evaluation at the end of the run.";
  if (!detailOf(run).record) return "No intervals: the run did not come to its final evaluation.";
  return "No intervals: the values of single questions are not kept with this run. It was made by an older version, opened from a file without them, or has too many questions.";
}

/** Under the key numbers. @param changes of the run since before training, as `useDifferences` */
export function intervalNote(
  run: Run,
  intervals: Intervals | undefined,
  changes?: Differences | "unpaired",
): string {
  const missing = withoutIntervals(run);
  if (missing !== undefined) return missing;
  if (!intervals) return "Intervals are being computed…";
  const clusters = intervals["map/multi"]?.overall?.clusters;
  if (clusters === undefined) return "No intervals: fewer than 10 independent questions.";
  return `Ranges: 95 % over ${countText(clusters)} question groups, ${seedsText([run.spec.seed])}: where the number could lie with other questions of this kind. ${changeNote(run, changes)} It says nothing of other seeds: run several.`;
}

/** What the ranges and colours of changes mean, or why there are none. */
function changeNote(run: Run, changes: Differences | "unpaired" | undefined): string {
  if (!detailOf(run).startValues) {
    return "Changes have no range and no colour: the values before training are not kept with this run.";
  }
  if (changes === "unpaired")
    return "Changes have no range and no colour: what is kept of before training was asked other questions.";
  return "A change has its range in brackets, question by question, and is green or red only where that leaves 0 out.";
}

/** "95 % over 357 question groups (bootstrap, 2,000 resamples), seed 7 only" */
export const sampleOf = (clusters: number, seeds: string) =>
  `95 % over ${countText(clusters)} question groups (bootstrap, ${countText(RESAMPLES)} resamples), ${seeds}`;

/** Whether a difference is more than chance: by its test, where there is one, and its interval leaves 0 out. */
export const isDecided = ({ p, pHolm = p, low, high }: Tested): boolean =>
  pHolm !== undefined && pHolm < 0.05 && (low > 0 || high < 0);

/** Over questions, or over seeds. */
type Tested = Pick<Interval, "low" | "high"> & { readonly p?: number; readonly pHolm?: number };

/** Of languages tested together: "Better in 3, worse in 1, undecided in 7 of 11 languages …". */
export function languagesSentence(metric: string, languages: readonly Difference[]): string {
  const decided = languages.filter(isDecided);
  const better = decided.filter(({ estimate }) => estimate > 0 !== lowerIsBetter(metric)).length;
  return `By language: better in ${better}, worse in ${decided.length - better}, undecided in ${languages.length - decided.length} of ${languages.length} (0 outside the interval, and p\u00a0<\u00a0.05 after Holm’s correction for ${languages.length} tests).`;
}
