// The five numbers a run is judged by, before training (of a branch: where it begins) and now. Draws no chart.
import type { Metric, Tile } from "../../core/metrics/metric.ts";
import { EVAL_METRICS } from "../../core/metrics/metricTable.ts";
import type { Interval } from "../../core/stats/bootstrap.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { changeText, countText, metricText, shareText } from "../words/numberText.ts";
import { changeRangeText, intervalNote, rangeText, verdictOf } from "../uncertainty/intervalWords.ts";
import { useDifferences, useIntervals } from "../uncertainty/useStats.ts";
import { VerdictLine } from "../verdict/VerdictLine.tsx";
import { useShown } from "../charts/shown.ts";

export function KeyNumbers() {
  const { selected: run } = useShown();
  const { queryValues, startValues } = detailOf(run);
  const intervals = useIntervals(queryValues);
  const changes = useDifferences(queryValues, startValues);
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
                interval={intervals?.[metric.path]?.overall}
                range={changes === "unpaired" ? undefined : changes?.[metric.path]?.overall}
              />
            ),
        )}
      </dl>
      <VerdictLine />
      {run && (
        <p className="keyNumbers-note" title={note}>
          {note}
        </p>
      )}
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
  const { path, better, plain, short } = metric;
  const text = metricText(metric);
  const change = run?.summary[path];
  const base = path === "sameLanguageShare" ? run?.summary.sameLanguageBase?.now : undefined;
  const { before, now } = change ?? {};
  const first = run?.parent?.step ?? 0;
  const since = run?.parent ? `at the branch, step ${countText(first)}` : "before training";
  const difference =
    before !== undefined && now !== undefined && change!.step > first ? now - before : undefined;
  const words = `${meaning}; ${base === undefined ? `${better} is better` : `no bias: ${shareText(base)}`}`;
  const tone = difference === undefined || !range ? undefined : verdictOf(path, range);
  return (
    <div className={`keyNumber ${tone ? `keyNumber-${tone}` : ""}`} title={words}>
      <dt>
        <span className="keyNumber-label">{short === undefined ? head : plain}</span>{" "}
        <span className="keyNumber-unit">{short ?? unit}</span>
      </dt>
      <dd className="keyNumber-now">{now === undefined ? "–" : text(now)}</dd>
      <dd className="keyNumber-change">
        {difference === undefined ? (
          <span className="keyNumber-since">{before === undefined ? "not measured yet" : since}</span>
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
