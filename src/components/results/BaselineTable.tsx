// What the shown run's numbers are held against: its start, BM25, language means subtracted; measured on wish. Computes none.
import { Ruler } from "lucide-react";
import { useStore } from "zustand";
import { baselineRows, meansSentence, type BaselineRow } from "../../core/baselines/baselineWords.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { whyNoBaselines } from "../../state/runs/baselineMeasuring.ts";
import { runStore } from "../../state/runStore.ts";
import { useShown } from "../charts/shown.ts";
import { Button } from "../controls/Button.tsx";
import { languageLabel } from "../words/languageWords.ts";
import { metricText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";

const COLUMNS = EVAL_METRICS.filter(({ tile }) => tile);

export function BaselineTable() {
  const { selected: run } = useShown();
  if (!run) return <p className="chart-empty">Baselines of a run stand here when it has ended.</p>;
  const baselines = detailOf(run).record?.baselines;
  return (
    <section className="chart baselines" aria-label="Baselines">
      <p className="chart-sample">
        No claim that a mix lowers language bias stands without the row in which the start’s language means
        are subtracted: no training made that one.
      </p>
      <div className="baselines-scroll" tabIndex={0} role="region" aria-label="Baselines, table">
        <table className="compareTable">
          <caption className="visuallyHidden">The run beside its baselines</caption>
          <thead>
            <tr>
              <td />
              {COLUMNS.map(({ path, label, short = label }) => (
                <th key={path} scope="col" title={label}>
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...ownRows(run), ...(baselines ? baselineRows(baselines) : [])].map(({ id, label, values }) => (
              <tr key={id} aria-current={id === "now" || undefined}>
                <th scope="row">{label}</th>
                {COLUMNS.map((metric) => {
                  const value = values[metric.path];
                  return (
                    <td key={metric.path}>{typeof value === "number" ? metricText(metric)(value) : "–"}</td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {baselines ? (
        <p className="chart-sample">
          {`Language means: ${meansSentence(baselines)}. SHIFT moves passages alone, towards ${languageLabel(baselines.pivot)}. Here: ${seedsText([run.spec.seed])}.`}
        </p>
      ) : (
        <Measure run={run} />
      )}
    </section>
  );
}

/** Of the run itself: before training, and now. */
function ownRows({ summary, name }: Run): BaselineRow[] {
  const of = (when: "before" | "now") =>
    Object.fromEntries(COLUMNS.flatMap(({ path }) => [[path, summary[path]?.[when] ?? null]]));
  const hasBefore = COLUMNS.some(({ path }) => summary[path]?.before !== undefined);
  return [
    ...(hasBefore ? [{ id: "before", label: "before training", values: of("before") }] : []),
    { id: "now", label: name, values: of("now") },
  ];
}

function Measure({ run }: { readonly run: Run }) {
  const weightsId = useStore(runStore, (state) => state.weightsId);
  const measuring = useStore(runStore, (state) => state.measuringId === run.id);
  const why = whyNoBaselines(run, weightsId);
  return (
    <p className="baselines-measure">
      <Button
        icon={Ruler}
        inactive={why !== undefined || measuring}
        title={why ?? "BM25, and language means subtracted: two to four more evaluations"}
        onClick={() => void runStore.getState().measureBaselines(run.id)}
      >
        {measuring ? "Measuring …" : "Measure baselines"}
      </Button>
      {why !== undefined && <span>{why}.</span>}
    </p>
  );
}
