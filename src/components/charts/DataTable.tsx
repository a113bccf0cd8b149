// The numbers of a chart as a table under it, folded until asked for, and as CSV. Draws no chart.
import { useState } from "react";
import { csvText } from "../../core/series/csv.ts";
import { CsvButton } from "../controls/CsvButton.tsx";
import { evenly, seriesRows, stepsOf, type ChartSeries } from "./chartSeries.ts";
import { countText, type NumberText } from "../words/numberText.ts";

/** More rows than this make a table nobody reads; the CSV has them all. */
const MAX_ROWS = 200;

interface DataTableProps {
  readonly caption: string;
  readonly series: readonly ChartSeries[];
  readonly valueText: NumberText;
}

export function DataTable({ caption, series, valueText }: DataTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="dataTable" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Data table</summary>
      {open && <Rows caption={caption} series={series} valueText={valueText} />}
    </details>
  );
}

function Rows({ caption, series, valueText }: DataTableProps) {
  const steps = stepsOf(series);
  const shown = evenly(steps, MAX_ROWS);
  const csv = () => csvText([["step", ...series.map(({ label }) => label)], ...seriesRows(series, steps)]);
  if (steps.length === 0) return <p className="dataTable-note">No points yet.</p>;
  return (
    <>
      <div className="dataTable-tools">
        <CsvButton csv={csv} name={caption} />
        {shown.length < steps.length && (
          <span>
            {shown.length} of {countText(steps.length)} steps, evenly spread; the CSV has all.
          </span>
        )}
      </div>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label={`${caption}, table`}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              {series.map(({ id, label }) => (
                <th key={id} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...seriesRows(series, shown)].map(([step, ...values]) => (
              <tr key={step}>
                <th scope="row">{countText(step)}</th>
                {values.map((value, i) => (
                  <td key={series[i]!.id}>{value === null ? "" : valueText(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
