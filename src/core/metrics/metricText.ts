// A metric's value as plain text, for lines of output and for tables of results. The page has its own words/numberText.ts.
import { unsignedZero, written } from "../numbersIn.ts";
import type { Metric, Scale } from "./metric.ts";

type Value = number | null | undefined;

/** Digits behind the point: `full` where a number is held against another, `brief` where it is read in passing. */
const DIGITS: Readonly<Record<Scale, { readonly full: number; readonly brief: number }>> = {
  score: { full: 4, brief: 4 },
  share: { full: 4, brief: 4 },
  other: { full: 4, brief: 4 },
  ranks: { full: 2, brief: 1 },
};

const fixed = (value: number, digits: number) => unsignedZero(value.toFixed(digits));
const text = (value: Value, digits: number) =>
  value === null || value === undefined ? "none" : fixed(value, digits);

/** "0.4123", "812.25"; "none" where there is no value, as of other languages where there is one language */
export const fullText = ({ scale }: Metric, value: Value) => text(value, DIGITS[scale].full);

/** "0.4123", "812.3", "none" */
export const briefText = ({ scale }: Metric, value: Value) => text(value, DIGITS[scale].brief);

const bare = (text: string) => text.replace(/^(-?)0\./, "$1.");

/** .412, as the literature prints mAP; 1 stays 1.000. */
export const scoreCell = (value: number) => written(bare(fixed(value, 3)));
/** 99.9, 1,235 */
export const rankCell = (value: number) =>
  written(Math.abs(value) < 100 ? fixed(value, 1) : value.toLocaleString("en", { maximumFractionDigits: 0 }));

/** A difference of two runs: as fine as ranks are told, scores as in a table. */
export const differenceText = (metric: Metric | undefined, value: number) =>
  metric?.scale === "ranks" ? fullText(metric, value) : scoreCell(value);

/** At an axis, with no more digits than it takes: 0, .25, 1,200; of losses 0.25 */
export function tickCell({ scale }: Pick<Metric, "scale">, value: number): string {
  const text = value.toLocaleString("en", { maximumSignificantDigits: 3 });
  return written(scale === "score" ? bare(text) : text);
}

/** 0.0912 -> 9.1 % */
export const shareCell = (value: number) => written(`${(100 * value).toFixed(1)}\u00a0%`);

/** As it stands in tables and sentences. */
export const cellText = ({ scale }: Pick<Metric, "scale">, value: number) =>
  scale === "share" ? shareCell(value) : scale === "ranks" ? rankCell(value) : scoreCell(value);
