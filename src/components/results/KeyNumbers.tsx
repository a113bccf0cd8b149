// The five numbers a run is judged by, before training (of a branch: where it begins) and now. Draws no chart.
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { Metric, Tile } from "../../core/metrics/metric.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import { expectedRankDistance } from "../../core/metrics/rankDistance.ts";
import { evalLanguages } from "../../core/spec/resolve.ts";
import type { Interval } from "../../core/stats/bootstrap.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { changeText, countText, metricText, rankText, shareText } from "../words/numberText.ts";
import { Term } from "../words/Term.tsx";
import { TERM_OF } from "../words/glossary.ts";
import { changeRangeText, intervalNote, rangeText, verdictOf } from "../uncertainty/intervalWords.ts";
import { useDifferences, useIntervals } from "../uncertainty/useStats.ts";
import { VerdictLine } from "../verdict/VerdictLine.tsx";
import { useShown } from "../charts/shown.ts";
import { fullSample } from "./sampleText.ts";

export function KeyNumbers() {
  const { selected: run } = useShown();
  const { queryValues, startValues } = detailOf(run);
  const intervals = useIntervals(queryValues);
  const changes = useDifferences(queryValues, startValues);
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const pool = run && fullSample(run, datasets)?.pool;
  const note = run && intervalNote(run, intervals, changes);
  return (
    <div className="keyNumbers-box">
      <dl className="keyNumbers">
        {EVAL_METRICS.map(
          (metric) =>
            metric.tile && (
              <KeyNumber
                key={metric.path}
                metric={metric}
                {...metric.tile}
                run={run}
                pool={pool}
                interval={intervals?.[metric.path]?.overall}
                range={changes === "unpaired" ? undefined : changes?.[metric.path]?.overall}
              />
            ),
        )}
      </dl>
      <VerdictLine how={note} />
    </div>
  );
}

interface KeyNumberProps extends Tile {
  readonly metric: Metric;
  readonly run: Run | undefined;
  readonly pool: number | undefined;
  readonly interval: Interval | undefined;
  readonly range: Interval | undefined; // of the change since before training, question by question
}

function KeyNumber({ metric, head, unit, meaning, run, pool, interval, range }: KeyNumberProps) {
  const { path, better, plain, short } = metric;
  const text = metricText(metric);
  const change = run?.summary[path];
  const scale = run && scaleOf(path, run, pool);
  const { before, now } = change ?? {};
  const first = run?.parent?.step ?? 0;
  const since = run?.parent ? `at the branch, step ${countText(first)}` : "before training";
  const difference =
    before !== undefined && now !== undefined && change!.step > first ? now - before : undefined;
  const words = `${meaning}; ${scale?.unit.startsWith("no bias") ? scale.unit : `${better} is better`}`;
  const tone = difference === undefined || !range ? undefined : verdictOf(path, range);
  return (
    <div className={`keyNumber ${tone ? `keyNumber-${tone}` : ""}`} title={words}>
      <dt>
        <span className="keyNumber-label">
          <Term id={TERM_OF[path]!} text={short === undefined ? head : plain!}>
            {scale?.words}
          </Term>
        </span>{" "}
        <span className="keyNumber-unit">{scale?.unit ?? [short, unit].filter(Boolean).join(" ")}</span>
      </dt>
      <dd className="keyNumber-now">{now === undefined ? "–" : text(now)}</dd>
      <dd className="keyNumber-change">
        {difference === undefined ? (
          <span className="keyNumber-since">{before === undefined ? "not yet" : since}</span>
        ) : (
          <>
            <b>{changeText(difference, text)}</b>
            <span className="visuallyHidden">
              {" "}
              {since} {text(before!)}
            </span>
            {range && (
              <span className="keyNumber-since">
                <span className="visuallyHidden">95 % interval of the change </span>
                {changeRangeText(range, text)}
              </span>
            )}
          </>
        )}
      </dd>
      <dd className="keyNumber-range">
        {interval && (
          <>
            <span className="visuallyHidden">95 % interval </span>
            {rangeText(interval, text)}
          </>
        )}
      </dd>
      <dd className="visuallyHidden">{words}</dd>
    </div>
  );
}

/** What a number is read against: briefly beside its name, whole in its definition. */
function scaleOf(
  path: string,
  { spec, summary }: Run,
  pool: number | undefined,
): { readonly unit: string; readonly words: ReactNode } | undefined {
  const base = summary.sameLanguageBase?.now;
  if (path === "sameLanguageShare" && base !== undefined) {
    const none = shareText(base);
    return { unit: `no bias ${none}`, words: `Without bias: ${none}, their share of the pool.` };
  }
  const n = evalLanguages(spec).length;
  if (path !== "rankDistance" || pool === undefined || n < 2 || pool < n) return undefined;
  const all = countText(pool);
  const now = summary[path]
    ? `${rankText(summary[path].now)} in a pool of N = ${all}`
    : `The pool: N = ${all}`;
  const random = rankText(expectedRankDistance(pool, n));
  const words = `${now}. With one right answer in each of R = ${n} languages a random order gives (N + 1)(R − 1)/(R + 1) = ${random}.`;
  return { unit: `of ${all}`, words };
}
