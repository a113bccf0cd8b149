// The question of a comparison and its answer, what differs between the groups, and their numbers side by side.
import { counted } from "../../core/counted.ts";
import { FACETS, facetKeys } from "../../core/naming/facets.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import { groupValue } from "../../core/series/groupValue.ts";
import { compareStore } from "../../state/compareStore.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { Swatch } from "../charts/Swatch.tsx";
import { metricName } from "../uncertainty/intervalWords.ts";
import { metricText } from "../words/numberText.ts";
import type { RunGroup } from "./groups.ts";
import { useAnswer } from "./useAnswer.ts";
import { useComparison, type Compared } from "./useComparison.ts";
import "./compare.css";

const TILES = EVAL_METRICS.filter(({ tile }) => tile);

export function GroupsFigure() {
  const compared = useComparison();
  const { groups, elsewhere, first } = compared;
  if (!first) {
    return (
      <section className="chart compareGroups" aria-label="Comparison">
        <p className="chart-empty">
          Nothing to compare yet. Train two mixes, or open records: they are held against each other here.
        </p>
      </section>
    );
  }
  return (
    <section className="chart compareGroups" aria-label="Comparison">
      <Question {...compared} first={first} />
      <div className="compareGroups-scroll" tabIndex={0} role="region" aria-label="Groups side by side">
        <GroupsTable groups={groups} metric={compared.metric} />
      </div>
      {elsewhere.length > 0 && (
        <p className="compareGroups-elsewhere">
          Not compared, since {elsewhere.length === 1 ? "it" : "they"} answered another test:{" "}
          {elsewhere.map(({ label }) => label).join(", ")}. Numbers of different tests are in no common
          ranking.
        </p>
      )}
    </section>
  );
}

function Question({ first, second, groups, metric }: Compared & { readonly first: RunGroup }) {
  const answer = useAnswer(first, second, metric);
  const { measure, holdAgainst } = compareStore.getState();
  return (
    <>
      <h3 className="compareGroups-question">
        Is {first.label} better than{" "}
        {second ? (
          <select
            className="select"
            aria-label="Group to compare with"
            value={second.id}
            onChange={({ target }) => holdAgainst(target.value)}
          >
            {groups
              .filter((group) => group !== first)
              .map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
          </select>
        ) : (
          "another mix"
        )}{" "}
        <span className="compareGroups-measure">
          in{" "}
          <select
            className="select"
            aria-label="Measure of the comparison"
            value={metric}
            onChange={({ target }) => measure(target.value)}
          >
            {TILES.map(({ path }) => (
              <option key={path} value={path}>
                {metricName(path)}
              </option>
            ))}
          </select>
          ?
        </span>
      </h3>
      <div className="compare-words" role="status">
        <p>
          <b>{answer.headline}</b>
        </p>
        {answer.because.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </>
  );
}

interface GroupsTableProps {
  readonly groups: readonly RunGroup[];
  readonly metric: string; // that the comparison is about
}

/** Groups as columns: the settings in which they differ, then their numbers. */
function GroupsTable({ groups, metric }: GroupsTableProps) {
  const keys = groups.map(({ course }) => facetKeys(course));
  const differing = FACETS.filter((_, facet) => new Set(keys.map((own) => own[facet])).size > 1);
  return (
    <table className="compareTable">
      <caption className="visuallyHidden">What differs between the groups, and their numbers</caption>
      <thead>
        <tr>
          <td />
          {groups.map(({ id, label, colour }) => (
            <th key={id} scope="col">
              <Swatch {...lineLook(colour)} /> {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differing.map((facet) => (
          <tr key={facet.name}>
            <th scope="row">{facet.head}</th>
            {groups.map(({ id, course }) => (
              <td key={id}>{facet.key(course) === "" ? "–" : (facet.cell ?? facet.text)(course)}</td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">Seeds</th>
          {groups.map(({ id, runs }) => (
            <td key={id}>{runs.map(({ spec }) => spec.seed).join(", ")}</td>
          ))}
        </tr>
      </tbody>
      <tbody>
        {TILES.map((row) => (
          <tr key={row.path} aria-current={row.path === metric || undefined}>
            <th scope="row">
              <button
                type="button"
                className="linkButton"
                title={`Compare ${row.label}`}
                onClick={() => compareStore.getState().measure(row.path)}
              >
                {row.label}
              </button>
            </th>
            {groups.map(({ id, runs }) => {
              const found = groupValue(runs.map(({ summary }) => summary[row.path]?.now));
              const text = metricText(row);
              return (
                <td key={id} title={found && `mean over ${counted(found.n, "seed")}`}>
                  {found ? text(found.mean) : "–"}
                  {found?.half !== undefined && (
                    <span className="compareTable-half"> ± {text(found.half)}</span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
