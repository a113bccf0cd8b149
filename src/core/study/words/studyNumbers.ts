// Numbers of a study as they stand in its sentences and tables: with their sign, their interval and its kind.
import { counted } from "../../counted.ts";
import { findMetric } from "../../metrics/metricTable.ts";
import { cellText } from "../../metrics/metricText.ts";
import { unsignedZero } from "../../numbersIn.ts";
import type { SeedMean } from "../analysis/studyAnalysis.ts";
import type { StudyVerdict } from "../stats/studyVerdict.ts";

const scaleOf = (metric: string) => findMetric(metric)?.scale ?? "other";
const minus = (text: string) => text.replace("-", "−");

/** "Cr mAP", "rank distance": inside of a sentence. */
export function metricName(metric: string): string {
  const label = findMetric(metric)?.label ?? metric;
  return scaleOf(metric) === "score" ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** ".225", "31.2 %", "812 ranks" */
export function valueWords(metric: string, value: number): string {
  const scale = scaleOf(metric);
  return `${minus(cellText({ scale }, value))}${scale === "ranks" ? " ranks" : ""}`;
}

/** ".010", "1 point", "20 ranks": a distance. */
export function sizeWords(metric: string, size: number): string {
  const scale = scaleOf(metric);
  if (scale === "share") return counted(Number((100 * size).toFixed(1)), "point");
  if (scale === "ranks") return counted(Number(size.toFixed(1)), "rank");
  return cellText({ scale }, size);
}

/** Scores and points of a difference have one digit more where its interval is narrower than this. */
const NARROW = 0.01;
/** So many more at most, where an interval leaves 0 out and an end of it would be printed as 0. */
const MOST_DIGITS = 6;

/** Digits beyond the usual ones: one for a narrow interval of scores, more where 0 lies outside of it and would not look so. */
function moreDigits(usual: number, isScore: boolean, { mean, low, high }: Partial<SeedMean>): number {
  if (low === undefined || high === undefined) return 0;
  let more = isScore && high > low && high - low < NARROW ? 1 : 0;
  if (low * high < 0) return more;
  const near = Math.min(...[low, high, mean ?? 0].map(Math.abs).filter((one) => one > 0));
  while (more < MOST_DIGITS && near < 0.5 * 10 ** -(usual + more)) more++;
  return more;
}

/** One number of a difference, as fine as its interval asks: ".025", ".0012", "2.1" points, "57" ranks. */
function finely(metric: string, value: number, change: Partial<SeedMean>): string {
  const scale = scaleOf(metric);
  const isRanks = scale === "ranks";
  const more = moreDigits(isRanks ? 1 : 3, !isRanks, change);
  const text = isRanks
    ? more > 0
      ? value.toFixed(1 + more)
      : cellText({ scale }, value)
    : scale === "share"
      ? (100 * value).toFixed(1 + more)
      : value.toFixed(3 + more).replace(/^(-?)0\./, "$1.");
  return minus(unsignedZero(text));
}

/** A standard error, as fine as it takes to be no 0: ".004", ".0002", "0.3 %" */
export function errorWords(metric: string, se: number): string {
  const scale = scaleOf(metric);
  const unit = scale === "share" ? "\u00a0%" : scale === "ranks" ? " ranks" : "";
  return `${finely(metric, se, { mean: se, low: se, high: se })}${unit}`;
}

/** "+.025", "−57" */
export function changeCell(metric: string, change: SeedMean): string {
  const text = finely(metric, change.mean, change);
  return /^−|^[.0]+$/.test(text) ? text : `+${text}`;
}

/** "[.019, .031]" in the unit of its difference; undefined below three seeds. */
export function rangeCell(metric: string, change: SeedMean): string | undefined {
  const { low, high } = change;
  if (low === undefined || high === undefined) return undefined;
  return `[${finely(metric, low, change)}, ${finely(metric, high, change)}]`;
}

const UNITS: Readonly<Record<string, string>> = { share: " points", ranks: " ranks" };

/** "+.025", "−2.1 points": as fine as its interval asks, without it. */
export const changeAlone = (metric: string, change: SeedMean): string =>
  `${changeCell(metric, change)}${UNITS[scaleOf(metric)] ?? ""}`;

/** "+.025 [.019, .031]", "−2.1 points [−3.0, −1.2]" */
export function changeWords(metric: string, change: SeedMean): string {
  const range = rangeCell(metric, change);
  return `${changeAlone(metric, change)}${range === undefined ? "" : ` ${range}`}`;
}

/** ".031", "below .001" */
export const pWords = (p: number): string => (p < 0.001 ? "below .001" : p.toFixed(3).replace(/^0/, ""));

/** The words of every verdict, alone: in a table, behind a cell's name. @param size δ in words; undefined: there is none */
export function verdictWords({ kind, small, more }: StudyVerdict, size: string | undefined): string {
  switch (kind) {
    case "tooFew":
      return "too few seeds to test";
    case "better":
    case "worse":
      return small && size !== undefined ? `${kind} by less than ${size}` : kind;
    case "same":
      return size === undefined ? "no difference" : `no difference larger than ${size}`;
    case "undecided":
      return more === undefined
        ? "undecided; more than 400 seeds would be needed"
        : `undecided; about ${counted(more, "more seed")} would decide`;
    default:
      return kind satisfies never;
  }
}
