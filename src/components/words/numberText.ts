// Numbers as people read them. One place, so that a metric looks the same in tiles, charts and tables.
import type { Metric, Scale } from "../../core/metrics/metric.ts";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const three = new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const one = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const brief = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const axis = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export type NumberText = (value: number) => string;

export const countText: NumberText = (value) => whole.format(value);
/** mAP, losses: 0.412 */
export const scoreText: NumberText = (value) => three.format(value);
/** Rank distances: 1,234; below 100 with one decimal */
export const rankText: NumberText = (value) => (value < 100 ? one : whole).format(value);
/** 0.0912 -> 9.1 % */
export const shareText: NumberText = (value) => `${one.format(100 * value)}\u00a0%`;
const TEXTS: Readonly<Record<Scale, NumberText>> = {
  score: scoreText,
  share: shareText,
  ranks: rankText,
  other: scoreText,
};
/** How values of a metric are written. */
export const metricText = ({ scale }: Metric): NumberText => TEXTS[scale];
export const axisText: NumberText = (value) => (Math.abs(value) >= 10_000 ? brief : axis).format(value);
export const axisShareText: NumberText = (value) => `${axis.format(100 * value)}\u00a0%`;
/** A difference with its sign (a true minus), by the format of its metric; of shares in percentage points. */
export const changeText = (value: number, text: NumberText): string =>
  `${value < 0 ? "−" : "+"}${text(Math.abs(value)).replace("%", "pp")}`;
