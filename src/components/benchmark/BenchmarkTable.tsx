// The figures of one measurement as a table, with what they mean under it. Draws no chart.
import { figureText, type BenchmarkReport } from "../../core/record/benchmarkReport.ts";
import { deviceText } from "../words/deviceText.ts";
import { MEANINGS } from "./benchmarkWords.ts";

export function BenchmarkTable({ report }: { readonly report: BenchmarkReport }) {
  const { rows, seconds } = report;
  return (
    <section className="benchmark-report" aria-label="Measured">
      <p className="benchmark-device">
        {deviceText(report)}; {figureText(seconds)} s in all
      </p>
      <div className="benchmark-scroll" tabIndex={0} role="region" aria-label="Figures, table">
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Median</th>
              <th scope="col">Range</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, value, unit, least, most, rounds, note }) => (
              <tr key={id}>
                <th scope="row">
                  {label}
                  {note !== "" && <span className="benchmark-note">{note}</span>}
                </th>
                <td>
                  <b>{figureText(value)}</b> {unit}
                </td>
                <td>
                  {rounds > 1 && `${figureText(least)} to ${figureText(most)}`}
                  <span className="benchmark-note">{rounds === 1 ? "1 round" : `${rounds} rounds`}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="benchmark-meanings">
        {MEANINGS.map(([prefix, words]) => (
          <div key={prefix}>
            <dt>{rows.find(({ id }) => id.startsWith(prefix))?.label.split(",")[0]}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
