// The five numbers a run is judged by, before training (of a branch: where it begins) and now. Draws no chart.
import type { Metric, Tile } from "../../core/metrics/metric.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import type { Interval } from "../../core/stats/bootstrap.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { changeText, countText, metricText, shareText } from "../words/numberText.ts";
import { changeRangeText, intervalNote, rangeText, verdictOf } from "../uncertainty/intervalWords.ts";
import { useDifferences, useIntervals } from "../uncertainty/useStats.ts";

export function KeyNumbers({ run }: { readonly run: Run | undefined }) {
  const { queryValues, startValues } = detailOf(run);
  const intervals = useIntervals(queryValues);
  const changes = useDifferences(queryValues, startValues);
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
                interval={intervals?.[metric.path]?.overall}
                range={changes === "unpaired" ? undefined : changes?.[metric.path]?.overall}
              />
            ),
        )}
      </dl>
      {run && <p className="chart-sample">{intervalNote(run, intervals, changes)}</p>}
    </div>
  );
}

interface KeyNumberProps extends Tile {
  readonly metric: Metric;
  readonly run: Run | undefined;
  readonly interval: Interval | undefined;
  readonly range: Interval | undefined; // of the change since before training, question by question
}

function KeyNumber({ metric, head, unit, meaning, run, interval, range }: KeyNumberProps) {
  const { path, better } = metric;
  const text = metricText(metric);
  const change = run?.summary[path];
  const base = path === "sameLanguageShare" ? run?.summary.sameLanguageBase?.now : undefined;
  const { before, now } = change ?? {};
  const first = run?.parent?.step ?? 0;
  const since = run?.parent ? `at the branch, step ${countText(first)}` : "before training";
  const difference =
    before !== undefined && now !== undefined && change!.step > first ? now - before : undefined;
  const tone = difference === undefined || !range ? undefined : verdictOf(path, range);
  return (
    <div className={`keyNumber ${tone ? `keyNumber-${tone}` : ""}`}>
      <dt>
        <span className="keyNumber-label">{head}</span> <span className="keyNumber-unit">{unit}</span>
      </dt>
      <dd className="keyNumber-now">{now === undefined ? "–" : text(now)}</dd>
      <dd className="keyNumber-range">
        {interval && (
          <>
            <span className="visuallyHidden">95 % interval </span>
            {rangeText(interval, text)}
          </>
        )}
      </dd>
      <dd className="keyNumber-change">
        {difference === undefined ? (
          <span className="keyNumber-before">{before === undefined ? "not measured yet" : since}</span>
        ) : (
          <>
            <b>{changeText(difference, text)}</b>
            {range && (
              <span className="keyNumber-before">
                <span className="visuallyHidden">95 % interval of the change </span>
                {changeRangeText(range, text)}
              </span>
            )}
            <span className="keyNumber-before">
              <span className="visuallyHidden">{since} </span>
              {text(before!)} → {text(now!)}
            </span>
          </>
        )}
      </dd>
      <dd className="keyNumber-meaning">
        {meaning}
        <br />
        {better} is better{base !== undefined && `; no bias: ${shareText(base)}`}
      </dd>
    </div>
  );
}
