// The batch being trained on: which language asks which, or what its loss makes of it, score by score.
import type { BatchView } from "../../core/run/views.ts";
import { useStore } from "zustand";
import { scoresStore, type BatchPicture } from "../../state/scoresStore.ts";
import { ChartSaver } from "../charts/ChartSaver.tsx";
import { Figure } from "../charts/Figure.tsx";
import { useShown } from "../charts/shown.ts";
import { Segmented } from "../controls/Segmented.tsx";
import { countText } from "../words/numberText.ts";
import { WholeParts } from "../words/WholeParts.tsx";
import { BatchPairs } from "./BatchPairs.tsx";
import { ScoresTable } from "./ScoresTable.tsx";
import { ScoresView } from "./ScoresView.tsx";
import { scoresSample } from "./scoreLook.ts";
import { useBatchScores } from "./useBatchScores.ts";
import { kindFacts } from "../../core/spec/batchKind.ts";
import "./batch.css";

/** What the model must do in such a batch. */
const taskOf = (kind: BatchView["kind"]) =>
  kind === "mixed"
    ? "Rows of several kinds share this batch and are each other’s wrong answers."
    : kindFacts(kind).task;

const TITLES: Readonly<Record<BatchPicture, string>> = {
  pairs: "This batch (pairs)",
  scores: "This batch (scores)",
  pulls: "This batch (pull and push)",
};

const OPTIONS: readonly { readonly value: BatchPicture; readonly label: string }[] = [
  { value: "pairs", label: "Pairs" },
  { value: "scores", label: "Scores" },
  { value: "pulls", label: "Pulls" },
];

const kindLabel = (kind: BatchView["kind"]) => (kind === "mixed" ? "Mixed rows" : kindFacts(kind).label);
const kindColour = (kind: BatchView["kind"]) => `var(--kind-${kind})`;

export function BatchFigure() {
  const { selected: run } = useShown();
  const picture = useStore(scoresStore, (state) => state.picture);
  const batch = run?.live?.batch;
  const seen = useBatchScores(run, picture !== "pairs");
  const { scores } = seen;
  const shown = picture === "pairs" ? batch : (scores ?? batch);
  return (
    <Figure
      kind="batch"
      title={TITLES[picture]}
      description={shown ? taskOf(shown.kind) : "What the model is asked in one step of training."}
      sample={run && picture !== "pairs" && scores && scoresSample(scores, run.spec.seed)}
      foot={
        shown && (
          <>
            {picture !== "pairs" && scores && <ScoresTable scores={scores} />}
            <ChartSaver />
          </>
        )
      }
      controls={
        shown && (
          <>
            <p className="batch-facts">
              <span className="batch-kind" style={{ background: kindColour(shown.kind) }}>
                {kindLabel(shown.kind)}
              </span>
              <WholeParts
                parts={[
                  `Step ${countText(shown.step + 1)}`,
                  `${countText(shown.size)} rows`,
                  ...(batch
                    ? [`about ${countText(Math.round(batch.negatives))} wrong answers for each question`]
                    : []),
                ]}
              />
            </p>
            <Segmented
              label="Picture of the batch"
              value={picture}
              options={OPTIONS}
              onChange={scoresStore.getState().draw}
            />
          </>
        )
      }
    >
      {run && batch && picture === "pairs" ? (
        <BatchPairs batch={batch} spec={run.spec} colour={kindColour(batch.kind)} />
      ) : run && batch && picture !== "pairs" ? (
        <ScoresView {...seen} picture={picture} isTraining={run.status === "running"} />
      ) : (
        <p className="chart-empty batch-empty">
          {run && run.status !== "preparing"
            ? "Batches are shown while a run trains; they are not kept with it."
            : "As soon as training starts, each batch is shown here: which languages meet, and some of its pairs."}
        </p>
      )}
    </Figure>
  );
}
