// The numbers of a line chart as a table: one row a step. Draws no chart.
import { csvText } from "../../core/series/csv.ts";
import { evenly, seriesRows, stepsOf, type ChartSeries, type LineAxis } from "./chartSeries.ts";
import { FoldedTable, type FoldedNumbers } from "./FoldedTable.tsx";
import { countText, type NumberText } from "../words/numberText.ts";

/** More rows than this make a table nobody reads; the CSV has them all. */
const MAX_ROWS = 200;

interface DataTableProps {
  readonly caption: string;
  readonly series: readonly ChartSeries[];
  readonly valueText: NumberText;
  readonly axis?: LineAxis | undefined; // left out: steps
}

export function DataTable({ caption, series, valueText, axis }: DataTableProps) {
  return <FoldedTable caption={caption} numbers={() => numbersOf(series, valueText, axis)} />;
}

function numbersOf(
  series: readonly ChartSeries[],
  valueText: NumberText,
  { head, text }: Pick<LineAxis, "head" | "text"> = { head: "Step", text: countText },
): FoldedNumbers | undefined {
  const steps = stepsOf(series);
  if (steps.length === 0) return undefined;
  const shown = evenly(steps, MAX_ROWS);
  const labels = series.map(({ label }) => label);
  return {
    heads: [head, ...labels],
    rows: [...seriesRows(series, shown)].map(([step, ...values]) => ({
      id: step,
      head: text(step),
      cells: values.map((value) => (value === null ? "" : valueText(value))),
    })),
    csv: () => csvText([[head.toLowerCase(), ...labels], ...seriesRows(series, steps)]),
    note:
      shown.length < steps.length
        ? `${shown.length} of ${countText(steps.length)} steps, evenly spread; the CSV has all.`
        : undefined,
  };
}
