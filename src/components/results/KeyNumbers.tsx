// The five numbers a run is judged by, before training and now. Draws no chart.
import type { KeyMetric } from "../../core/record/runSummary.ts";
import type { Interval } from "../../core/stats/bootstrap.ts";
import { isQueryMetric } from "../../core/stats/queryValues.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { changeText, rankText, scoreText, shareText, type NumberText } from "../words/numberText.ts";
import { intervalNote, rangeText } from "../uncertainty/intervalWords.ts";
import { useIntervals } from "../uncertainty/useStats.ts";

interface NumberWords {
  readonly metric: KeyMetric;
  readonly label: string;
  readonly unit: string;
  readonly meaning: string;
  readonly better: "higher" | "lower";
  readonly text: NumberText;
}

const NUMBERS: readonly NumberWords[] = [
  {
    metric: "map/mono",
    label: "Mo",
    unit: "mAP",
    meaning: "Own language",
    better: "higher",
    text: scoreText,
  },
  {
    metric: "map/cross",
    label: "Cr",
    unit: "mAP",
    meaning: "One other language",
    better: "higher",
    text: scoreText,
  },
  {
    metric: "map/multi",
    label: "Mul",
    unit: "mAP",
    meaning: "All languages at once",
    better: "higher",
    text: scoreText,
  },
  {
    metric: "rankDistance",
    label: "Rank distance",
    unit: "ranks",
    meaning: "First to last right answer",
    better: "lower",
    text: rankText,
  },
  {
    metric: "sameLanguageShare",
    label: "Same language",
    unit: "top 10",
    meaning: "Share in the question’s language",
    better: "lower",
    text: shareText,
  },
];

export function KeyNumbers({ run }: { readonly run: Run | undefined }) {
  const intervals = useIntervals(detailOf(run).queryValues);
  return (
    <div className="keyNumbers-box">
      <dl className="keyNumbers">
        {NUMBERS.map((words) => (
          <KeyNumber
            key={words.metric}
            {...words}
            run={run}
            interval={isQueryMetric(words.metric) ? intervals?.[words.metric]?.overall : undefined}
          />
        ))}
      </dl>
      {run && <p className="chart-sample">{intervalNote(run, intervals)}</p>}
    </div>
  );
}

function KeyNumber({
  metric,
  label,
  unit,
  meaning,
  better,
  text,
  run,
  interval,
}: NumberWords & { readonly run: Run | undefined; readonly interval: Interval | undefined }) {
  const change = run?.summary[metric];
  const base = metric === "sameLanguageShare" ? run?.summary.sameLanguageBase?.now : undefined;
  const { before, now } = change ?? {};
  const difference = before !== undefined && now !== undefined && change!.step > 0 ? now - before : undefined;
  const good = difference !== undefined && difference > 0 === (better === "higher");
  const tone = difference === undefined || difference === 0 ? "" : good ? "keyNumber-good" : "keyNumber-bad";
  return (
    <div className={`keyNumber ${tone}`}>
      <dt>
        <span className="keyNumber-label">{label}</span> <span className="keyNumber-unit">{unit}</span>
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
          <span className="keyNumber-before">
            {before === undefined ? "not measured yet" : "before training"}
          </span>
        ) : (
          <>
            <b>{changeText(difference, text)}</b>
            <span className="keyNumber-before">
              <span className="visuallyHidden">before training </span>
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
