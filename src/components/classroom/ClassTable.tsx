// A class's recipes in rows: how many results and seeds, their means and spread, whose files. Draws nothing.
import { groupMean, groupRange, type ClassGroup } from "../../core/classroom/classResults.ts";
import { shownIn } from "../../core/metrics/metricTable.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { Swatch } from "../charts/Swatch.tsx";
import { metricText } from "../words/numberText.ts";

const MEASURES = shownIn("list");

export function ClassTable({ groups }: { readonly groups: readonly ClassGroup[] }) {
  return (
    <div className="classroom-table" tabIndex={0} role="region" aria-label="Recipes, table">
      <table>
        <caption>
          Means over seeds at the end of the runs; below them the lowest and the highest result, then the 95 %
          interval of the mean by Student’s t, from three seeds on.
        </caption>
        <thead>
          <tr>
            <th scope="col">Recipe</th>
            <th scope="col">Code</th>
            <th scope="col">Results</th>
            <th scope="col">Seeds</th>
            {MEASURES.map(({ path, label }) => (
              <th key={path} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group, i) => (
            <tr key={i}>
              <th scope="row">
                <Swatch {...lineLook(i)} /> {group.label}
                <details>
                  <summary>Files</summary>
                  {group.results.map(({ file }) => file).join(", ")}
                </details>
              </th>
              <td className="numbers">{group.code}</td>
              <td>{group.results.length}</td>
              <td>{group.seeds.length}</td>
              {MEASURES.map((metric) => (
                <Value key={metric.path} group={group} metric={metric} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({
  group,
  metric,
}: {
  readonly group: ClassGroup;
  readonly metric: (typeof MEASURES)[number];
}) {
  const found = groupMean(group, metric.path);
  const range = groupRange(group, metric.path);
  if (!found || !range) return <td>–</td>;
  const text = metricText(metric);
  const { mean, half } = found;
  return (
    <td>
      {text(mean)}
      {group.results.length > 1 && (
        <small>
          {text(range[0])} to {text(range[1])}
        </small>
      )}
      {half !== undefined && (
        <small>
          [{text(mean - half)}, {text(mean + half)}]
        </small>
      )}
    </td>
  );
}
