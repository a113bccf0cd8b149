// The numbers of a line chart as a table: one row a step. Draws no chart.
import { csvText } from "../../core/series/csv.ts";
import { evenly, seriesRows, stepsOf, type ChartSeries } from "./chartSeries.ts";
import { FoldedTable, type FoldedNumbers } from "./FoldedTable.tsx";
import { countText, type NumberText } from "../words/numberText.ts";

/** More rows than this make a table nobody reads; the CSV has them all. */
const MAX_ROWS = 200;

interface DataTableProps {
  readonly caption: string;
  readonly series: readonly ChartSeries[];
  readonly valueText: NumberText;
}

export function DataTable({ caption, series, valueText }: DataTableProps) {
  return <FoldedTable caption={caption} numbers={() => numbersOf(series, valueText)} />;
}

function numbersOf(series: readonly ChartSeries[], valueText: NumberText): FoldedNumbers | undefined {
  const steps = stepsOf(series);
  if (steps.length === 0) return undefined;
  const shown = evenly(steps, MAX_ROWS);
  const labels = series.map(({ label }) => label);
  return {
    heads: ["Step", ...labels],
    rows: [...seriesRows(series, shown)].map(([step, ...values]) => ({
      id: step,
      head: countText(step),
      cells: values.map((value) => (value === null ? "" : valueText(value))),
    })),
    csv: () => csvText([["step", ...labels], ...seriesRows(series, steps)]),
    note:
      shown.length < steps.length
        ? `${shown.length} of ${countText(steps.length)} steps, evenly spread; the CSV has all.`
        : undefined,
  };
}
