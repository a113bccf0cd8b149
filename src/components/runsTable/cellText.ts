// A cell of the table of runs as text, and how wide its column is. Decides no order.
import type { CellValue, RunColumn } from "../../core/runTable/runColumns.ts";
import type { RunStatus } from "../../core/record/storedRun.ts";
import { metricText } from "../words/numberText.ts";
import { statusWord } from "../words/statusWords.ts";

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });
const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 8 });

export function cellText(column: RunColumn, value: CellValue): string {
  if (value === undefined) return "–";
  if (column.id === "status") return statusWord({ status: value as RunStatus });
  if (typeof value === "string") return value;
  if (column.type === "date") return when.format(value);
  return column.metric ? metricText(column.metric)(value) : number.format(value);
}

/** What a column is called where there is room for two short lines. */
export function headText({ label, metric }: RunColumn): string {
  const { plain, short } = metric ?? {};
  if (plain === undefined) return label;
  return short === undefined || plain === label ? plain : `${plain} (${short})`;
}

const WIDTHS: Readonly<Record<string, number | string>> = {
  name: "clamp(10.5rem, 36cqi, 16.5rem)", // on a phone numbers come beside it
  "batch.ratio": 13,
  seed: 4.5,
  steps: 5,
  status: 7,
  date: 9.5,
  digest: 8,
  note: 15,
  tags: 10,
};
const TYPE_WIDTHS = { number: 7, date: 9.5, choice: 9, text: 11 } as const;

/** Of a column, for CSS. */
export function columnWidth({ id, type }: RunColumn): string {
  const width = WIDTHS[id] ?? TYPE_WIDTHS[type];
  return typeof width === "string" ? width : `${width}rem`;
}
