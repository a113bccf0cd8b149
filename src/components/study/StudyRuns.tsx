// Every run behind a study's numbers, folded: to be opened, or trained again from its link. Trains nothing itself.
import { FolderOpen, RotateCcw } from "lucide-react";
import { useState } from "react";
import { counted } from "../../core/counted.ts";
import { pointLink } from "../../core/study/pointLink.ts";
import { runKey, type Study } from "../../core/study/study.ts";
import type { CellRun, StudyResult } from "../../core/study/studyResult.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { metricWords } from "../uncertainty/intervalWords.ts";
import { PointVerdict } from "./PointVerdict.tsx";
import { studyRunName } from "./openStudyRun.ts";

interface StudyRunsProps {
  readonly study: Study;
  readonly result: StudyResult;
  readonly onOpen?: ((run: CellRun) => void) | undefined;
}

export function StudyRuns({ study, result, onOpen }: StudyRunsProps) {
  const [open, setOpen] = useState(false);
  const { label, text } = metricWords(study.primary);
  const sorted = result.runs.toSorted(
    (a, b) =>
      a.seed - b.seed ||
      study.cells.findIndex((c) => c.name === a.cell) - study.cells.findIndex((c) => c.name === b.cell),
  );
  return (
    <details className="study-fold" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{counted(result.runs.length, "run")}, each with its link</summary>
      {open && (
        <ul className="study-runs">
          {sorted.map((run) => {
            const value = run.end.values[study.primary];
            const name = studyRunName(study, run);
            return (
              <li key={runKey(run)}>
                <span>{name}</span>
                <span>{typeof value === "number" ? `${label} ${text(value)}` : ""}</span>
                {onOpen && (
                  <Button look="quiet" icon={FolderOpen} onClick={() => onOpen(run)}>
                    Open<span className="visuallyHidden"> {name}</span>
                  </Button>
                )}
                <a
                  className="button button-quiet"
                  href={`#${pointLink(study, run)}`}
                  title="Its settings on the form, with what it gave: train it, and the page says which of plan, losses and numbers are repeated"
                  onClick={() => viewStore.getState().showStage("watch")}
                >
                  <RotateCcw aria-hidden size="1.15em" />
                  <span>
                    Train this again<span className="visuallyHidden"> {name}</span>
                  </span>
                </a>
                {!onOpen && <PointVerdict {...{ study, run }} />}
              </li>
            );
          })}
        </ul>
      )}
    </details>
  );
}
