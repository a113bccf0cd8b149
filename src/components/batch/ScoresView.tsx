// A batch as its loss sees it: the matrix of scores, and beside it the question that was chosen, or how to read the picture.
import { Play } from "lucide-react";
import { Button } from "../controls/Button.tsx";
import { RowDetail } from "./RowDetail.tsx";
import { ScoreMatrix } from "./ScoreMatrix.tsx";
import { PULL_COLOUR, PULL_RULE, PUSH_COLOUR, SEVERAL_RULE } from "./scoreLook.ts";
import type { SeenScores } from "./useBatchScores.ts";

interface ScoresViewProps extends SeenScores {
  readonly picture: "scores" | "pulls";
  readonly isTraining: boolean;
}

export function ScoresView({ scores, error, row, hold, picture, isTraining }: ScoresViewProps) {
  if (!scores) {
    return (
      <p className="chart-empty batch-empty" role="status">
        {error === undefined ? "Looking at the last batch…" : `No scores to show: ${error}`}
      </p>
    );
  }
  const several = scores.answers.length > scores.rows.length;
  return (
    <div className="batch-parts batch-scores">
      <ScoreMatrix {...{ scores, picture, row }} onRow={hold} />
      {row === undefined ? (
        <div className="batch-reading">
          <p>
            {PULL_RULE}
            {several && ` ${SEVERAL_RULE}`}
          </p>
          {picture === "pulls" && (
            <p className="batch-key">
              <span>
                <i style={{ background: PULL_COLOUR }} aria-hidden /> pulled closer
              </span>
              <span>
                <i style={{ background: PUSH_COLOUR }} aria-hidden /> pushed away
              </span>
            </p>
          )}
          <p>Press a row, or choose one with ↑ and ↓, to see its numbers and texts.</p>
          {error !== undefined && <p>No newer scores: {error}</p>}
        </div>
      ) : (
        <div className="batch-held">
          <p role="status">
            <span>
              Question {row + 1}
              {isTraining && ", held while training goes on"}
            </span>
            <Button look="quiet" {...(isTraining && { icon: Play })} onClick={() => hold(undefined)}>
              {isTraining ? "Follow again" : "Close"}
            </Button>
          </p>
          <RowDetail scores={scores} row={row} />
        </div>
      )}
    </div>
  );
}
