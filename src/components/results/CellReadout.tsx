// One cell of the language matrix in words: its mAP, the interval it has once the run has ended, what it leaves out.
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { countText, scoreText } from "../words/numberText.ts";
import { rangeText } from "../uncertainty/intervalWords.ts";
import { useCellInterval } from "../uncertainty/useStats.ts";
import { languageLabel } from "../words/languageWords.ts";

interface CellReadoutProps {
  readonly query: string; // language
  readonly passage: string;
  readonly value: number | undefined;
  readonly before: number | undefined; // before training
  readonly skipped: number; // questions without an answer in that language
  readonly queries: QueryValues | undefined; // that `value` is the mean of
}

/** "German (de) → Thai (th): 0.211 (95 %: 0.190–0.233, 119 question groups), 0.140 before training" */
export function CellReadout({ query, passage, value, before, skipped, queries }: CellReadoutProps) {
  const interval = useCellInterval(queries, query, passage);
  const range =
    interval && ` (95 %: ${rangeText(interval, scoreText)}, ${countText(interval.clusters)} question groups)`;
  const parts = [
    value === undefined ? "not defined" : `${scoreText(value)}${range ?? ""}`,
    before === undefined ? "" : `, ${scoreText(before)} before training`,
    skipped > 0 ? `; leaves out ${countText(skipped)} without an answer there` : "",
  ];
  return `${languageLabel(query)} → ${languageLabel(passage)}: ${parts.join("")}`;
}
