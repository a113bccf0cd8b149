// Numbers as people read them. One place, so that a metric looks the same in tiles, charts, tables and sentences.
import type { Metric, Scale } from "../../core/metrics/metric.ts";
import { scoreCell } from "../../core/metrics/metricText.ts";
import { numbersLanguage, unsignedZero, written } from "../../core/numbersIn.ts";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const one = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const axis = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export type NumberText = (value: number) => string;

/** A true minus. */
const signed = (text: string) => unsignedZero(text).replace("-", "−");
/** As this page writes it. */
const own = (text: string) => written(signed(text));
/** Of what is never above 1: .412, as the literature prints it. */
const bare = (text: string) => text.replace(/^(−?)0\./, "$1.");

export const countText: NumberText = (value) => own(whole.format(value));
/** What may be above 1, such as losses: 0.412 */
export const plainText: NumberText = (value) => own(three.format(value));
/** mAP, cosines: .412 */
export const scoreText: NumberText = (value) => signed(scoreCell(value));
/** .41, where a third digit has no room */
export const shortScoreText: NumberText = (value) => written(bare(signed(value.toFixed(2))));
/** Rank distances: 1,234; below 100 with one decimal */
export const rankText: NumberText = (value) => own((Math.abs(value) < 100 ? one : whole).format(value));
/** A rate: 1,234; below 10 with one decimal */
export const rateText: NumberText = (value) => own((value < 10 ? one : whole).format(value));
/** 12_345_678 -> 12.3 */
export const megabytesText: NumberText = (bytes) => own(one.format(bytes / 1e6));
/** 0.0912 -> 9.1 % */
export const shareText: NumberText = (value) => own(`${one.format(100 * value)}\u00a0%`);
/** Four significant digits at least, in a table of all kinds of numbers: .04123, 57, 12,346 */
export const tableText: NumberText = (value) =>
  Number.isInteger(value) || Math.abs(value) >= 1000
    ? countText(value)
    : written(bare(signed(value.toPrecision(4))));
/** "p = .003"; what 9,999 swaps can tell apart ends at "p < .001". */
export const chanceText: NumberText = (p) =>
  p < 0.001 ? `p\u00a0<\u00a0${written(".001")}` : `p\u00a0=\u00a0${scoreText(p)}`;
const TEXTS: Readonly<Record<Scale, NumberText>> = {
  score: scoreText,
  share: shareText,
  ranks: rankText,
  other: plainText,
};
/** How values of a metric are written. */
export const metricText = ({ scale }: Metric): NumberText => TEXTS[scale];
/** 12.3K */
const brief: NumberText = (value) =>
  new Intl.NumberFormat(numbersLanguage(), { notation: "compact", maximumSignificantDigits: 3 }).format(
    value,
  );
const axisText: NumberText = (value) =>
  Math.abs(value) >= 10_000 ? signed(brief(value)) : own(axis.format(value));
const AXES = new Map<NumberText, NumberText>([
  [scoreText, (value) => bare(axisText(value))],
  [shareText, (value) => `${axisText(100 * value)}\u00a0%`],
]);
/** Values at an axis, by how they are written elsewhere. */
export const axisOf = (text: NumberText): NumberText => AXES.get(text) ?? axisText;
/** A difference with its sign, by the format of its metric; of shares in percentage points. What is printed as 0 has no sign. */
export function changeText(value: number, text: NumberText): string {
  const size = text(Math.abs(value));
  const sign = size === text(0) ? "" : value < 0 ? "−" : "+";
  return `${sign}${size.replace("%", "pp")}`;
}
