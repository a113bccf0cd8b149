// Everything a run shows: key numbers, charts, matrix, batch, and questions put to its weights. Starts nothing.
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { LineFigure } from "../charts/LineFigure.tsx";
import { axisShareText, countText, rankText, scoreText, shareText } from "../words/numberText.ts";
import { HALF_LIFE } from "../charts/chartSeries.ts";
import { deviceText } from "../words/deviceText.ts";
import { Panel } from "../controls/Panel.tsx";
import { ShownRunsContext } from "../charts/pictureRecipe.ts";
import { CompareFigure } from "../uncertainty/CompareFigure.tsx";
import { FinalFigure } from "../uncertainty/FinalFigure.tsx";
import { EmbeddingMap } from "../map/EmbeddingMap.tsx";
import { TryIt } from "../tryIt/TryIt.tsx";
import { AgreementFigure } from "./AgreementFigure.tsx";
import { BatchFigure } from "./BatchFigure.tsx";
import { LanguageFigure } from "./LanguageFigure.tsx";
import { askedCuts, cutLooks, LOSSES, MAPS, metricSeries, mixSeries } from "./figureSeries.ts";
import { stepMarks } from "./branchSeries.ts";
import { MatrixFigure } from "./MatrixFigure.tsx";
import { RunHeading } from "./RunHeading.tsx";
import { comparedSample, evaluationSample } from "./sampleText.ts";
import { useShownRuns } from "./shownRuns.ts";
import { KeyNumbers } from "./KeyNumbers.tsx";
import "./results.css";

const SHARE = { metric: "sameLanguageShare", label: "Share of top 10", colour: "var(--series-4)" };
const BASE = { metric: "sameLanguageBase", label: "Share of the pool: no bias", colour: "var(--ink-soft)" };
const SPEEDS = [
  { metric: "perf/pairs_per_s", label: "Training, pairs a second", colour: "var(--series-7)" },
  { metric: "perf/eval_queries_per_s", label: "Evaluation, queries a second", colour: "var(--series-6)" },
];

export function Results() {
  const { selected, runs, comparable } = useShownRuns();
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const sample = comparedSample(runs, datasets);
  const several = runs.length > 1;
  const ownSample = (interval?: string) =>
    `${several && selected ? `${selected.name}: ` : ""}${evaluationSample(selected, datasets, interval)}`;
  const xMax = Math.max(1, ...runs.map((run) => run.spec.steps));
  const [read, setRead] = useState<{ readonly id: string; readonly step: number }>();
  const readAt = read && read.id === selected?.id ? read.step : undefined;
  const shared = {
    xMax,
    marks: stepMarks(runs, readAt),
    onStep: (step: number) => selected && setRead({ id: selected.id, step }),
  };
  return (
    <ShownRunsContext value={runs}>
      <div className="results">
        <RunHeading run={selected} shown={runs} readAt={readAt} />
        <KeyNumbers run={selected} />
        <div className="results-pair">
          <LineFigure
            title="mAP: Mo, Cr and Mul (0–1)"
            description="Answers in the question’s own language, in one other language, and in all at once. Higher is better."
            series={metricSeries(runs, MAPS, !several)}
            {...shared}
            sample={sample}
            valueText={scoreText}
            empty="The first point appears before training starts; it is what every later one is held against."
          />
          <LineFigure
            title="Loss by kind of batch (nats)"
            description={`Thick: smoothed, half-life ${HALF_LIFE} steps. ${several ? "Single batches are in the tables of each run." : "Thin: single batches."} Kinds differ in difficulty: compare each with itself.`}
            series={metricSeries(runs, LOSSES)}
            {...shared}
            yFrom="data"
            valueText={scoreText}
            sample={lossSample(runs)}
            empty="One line per kind of batch appears here with the first steps."
          />
        </div>
        <TryIt />
        <div className="results-pair">
          <LineFigure
            title="Rank distance (ranks)"
            description="From the first to the last right answer of a question, all languages in one pool. Lower: less language bias."
            series={metricSeries(runs, [
              { metric: "rankDistance", label: "Rank distance", colour: "var(--series-5)" },
            ])}
            {...shared}
            sample={sample}
            valueText={rankText}
            empty="How far apart the same answer in different languages ends up in a ranking."
          />
          <LineFigure
            title="Same-language answers (share of top 10)"
            description="How much of the top 10 is in the question’s own language. Lower, towards the share of the pool: less bias."
            series={metricSeries(runs, several ? [SHARE] : [SHARE, BASE]).map((one) =>
              one.colour === BASE.colour ? { ...one, dash: "3 4" } : one,
            )}
            {...shared}
            sample={sample}
            valueText={shareText}
            tickText={axisShareText}
            empty="The share of answers in the question’s own language, beside the share that chance would give."
          />
        </div>
        {askedCuts(runs).length > 0 && (
          <LineFigure
            title="More measures (0–1)"
            description="The measures that were asked for besides the standing ones. Higher is better."
            series={metricSeries(runs, cutLooks(runs))}
            {...shared}
            sample={sample}
            valueText={scoreText}
            empty="One line per measure appears here at the first evaluation."
          />
        )}
        <div className="results-pair results-pair-wide">
          <LanguageFigure runs={runs} sample={sample} {...shared} />
          <MatrixFigure
            run={selected}
            sample={ownSample(
              detailOf(selected).queryValues?.pools && "point at a pair for its 95 % interval",
            )}
          />
        </div>
        <div className="results-pair results-pair-wide">
          <FinalFigure run={selected} />
          <CompareFigure
            key={selected?.id}
            run={selected}
            others={comparable}
            besideId={selected && runs[1]?.id}
          />
        </div>
        <AgreementFigure run={selected} sample={ownSample()} {...shared} />
        <BatchFigure run={selected} />
        <FoldedFigure
          id="results/map"
          title="Embedding map"
          gist="the same concepts across languages, before training and now"
        >
          <EmbeddingMap />
        </FoldedFigure>
        <FoldedFigure
          id="results/mix"
          title="Mix of batches, as drawn"
          gist="shares of each kind, as they came out"
        >
          <LineFigure
            title="Batches of each kind (share since the previous evaluation)"
            description="What the random draws made of the asked-for mix, between one evaluation and the next."
            series={mixSeries(selected ? [selected] : [])}
            {...shared}
            valueText={shareText}
            tickText={axisShareText}
            sample={selected ? `${selected.name}: every batch counted, 1 seed (${selected.spec.seed}).` : ""}
            empty="Shares appear with the first evaluation during training."
          />
        </FoldedFigure>
        <FoldedFigure id="results/speed" title="Speed" gist="pairs and queries a second">
          <LineFigure
            title="Throughput (per second)"
            description="How fast this machine trains and evaluates. No part of the result: it differs from run to run."
            series={metricSeries(runs, SPEEDS)}
            {...shared}
            valueText={countText}
            sample={selected?.device ? deviceText(selected.device) : ""}
            empty="Pairs a second appear with the first steps."
          />
        </FoldedFigure>
      </div>
    </ShownRunsContext>
  );
}

interface FoldedFigureProps {
  readonly id: string;
  readonly title: string;
  readonly gist: string;
  readonly children: ReactNode;
}

/** A chart that is folded away at first, and not drawn until it is opened: it would have no width. */
function FoldedFigure({ id, title, gist, children }: FoldedFigureProps) {
  const folded = useStore(preferencesStore, (state) => state.folded[id] ?? true);
  return (
    <Panel {...{ id, title, gist }} foldedAtFirst>
      {!folded && children}
    </Panel>
  );
}

function lossSample(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  const sizes = [...new Set(runs.map((run) => countText(run.spec.batch.size)))].join(" or ");
  const seeds = runs.map((run) => run.spec.seed).join(", ");
  return `Each point is the mean over the rows of one batch of ${sizes}; seed ${seeds}, no interval.`;
}
