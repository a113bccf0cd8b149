// The studies of this browser beside the list of runs, folded: their runs stand here and not among the others.
import { ChartScatter } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { messageOf } from "../../core/messageOf.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { runsByKey, type HeldStudy } from "../../state/study/heldStudy.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { openStudyRun, studyRunName } from "./openStudyRun.ts";
import { stateWords } from "./studyWords.ts";
import "./study.css";

export function StudySection() {
  const studies = useStore(studiesStore, (state) => state.studies);
  useEffect(() => void studiesStore.getState().open(), []);
  if (studies.length === 0) return null;
  return (
    <div className="studySection">
      <h3>Studies</h3>
      {studies.toReversed().map((held) => (
        <OneStudy key={held.id} held={held} />
      ))}
    </div>
  );
}

function OneStudy({ held }: { readonly held: HeldStudy }) {
  const { id, study, done } = held;
  const [open, setOpen] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const show = () => {
    studiesStore.getState().show(id);
    viewStore.getState().showStage("study");
  };
  return (
    <details className="studySection-one" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {study.title} <span>{stateWords(held)}</span>
      </summary>
      {open && (
        <>
          <Button look="quiet" icon={ChartScatter} onClick={show}>
            Show the study
          </Button>
          {trouble !== undefined && <p role="alert">{trouble}</p>}
          <ul>
            {[...runsByKey(study)]
              .filter(([key]) => done.has(key))
              .map(([key, run]) => (
                <li key={key}>
                  <button
                    type="button"
                    title="Opens its record as a run of the list"
                    onClick={() => {
                      openStudyRun(id, study, run).catch((error: unknown) => setTrouble(messageOf(error)));
                    }}
                  >
                    {studyRunName(study, run)}
                  </button>
                </li>
              ))}
          </ul>
        </>
      )}
    </details>
  );
}
