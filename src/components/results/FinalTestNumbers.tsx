// What the final test of the shown run gave, marked as what it is.
import { counted } from "../../core/counted.ts";
import { shownIn } from "../../core/metrics/metricTable.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { countText, metricText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";

export function FinalTestNumbers({ run }: { run: Run }) {
  const test = detailOf(run).record?.finalTest;
  if (!test) return null;
  const { values, queries, pool } = test.result;
  return (
    <dl className="finalTest" aria-label="Final test">
      <div>
        <dt>Final test</dt>
        <dd className="finalTest-sample">
          made once; n = {counted(queries, "query", "queries")}, pool {countText(pool)},{" "}
          {seedsText([run.spec.seed])}
        </dd>
      </div>
      {shownIn("list").map((metric) => {
        const value = values[metric.path];
        return (
          <div key={metric.path}>
            <dt>{metric.label}</dt>
            <dd>{value === undefined || value === null ? "–" : metricText(metric)(value)}</dd>
          </div>
        );
      })}
    </dl>
  );
}
