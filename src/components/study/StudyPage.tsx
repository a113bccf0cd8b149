// One study of this browser: its question, how far it is, its queue, what it found so far.
import { Pause, Play, Sprout, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { messageOf } from "../../core/messageOf.ts";
import { duration } from "../../core/run/duration.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { runKey, type StudyRun } from "../../core/study/study.ts";
import { studiesStore } from "../../state/studiesStore.ts";
import { isDone, resultOf, secondsLeft, type HeldStudy } from "../../state/study/heldStudy.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { openStudyRun } from "./openStudyRun.ts";
import { BackButton } from "./StudyPlan.tsx";
import { StudyQueue } from "./StudyQueue.tsx";
import { StudyResults } from "./StudyResults.tsx";
import { stateWords } from "./studyWords.ts";

type StudyRunKey = Pick<StudyRun, "cell" | "seed">;

interface StudyPageProps {
  readonly held: HeldStudy;
  readonly onBack: () => void;
}

/** Of a look more: so many give a first test with the six that most studies have, and a better one later. */
const MORE_SEEDS = 4;

export function StudyPage({ held, onBack }: StudyPageProps) {
  const { id, study, queue, results, done } = held;
  const beside = useStore(studiesStore, (state) => state.beside);
  const { pause, goOn, addSeeds } = studiesStore.getState();
  const [trouble, setTrouble] = useState<string>();
  const failed = queue.failed;
  const result = useMemo(() => resultOf(held), [study, queue.failed, queue.dropped, results]); // eslint-disable-line react-hooks/exhaustive-deps -- steps of runs under way change nothing of it
  const files = useMemo(
    () => ({
      recordOf: (run: StudyRunKey) => studiesStore.getState().recordOf(id, runKey(run)),
      date: new Date(held.createdAt).toISOString().slice(0, 10),
    }),
    [id, held.createdAt],
  );
  const left = secondsLeft(held, beside);
  const all = done.size + queue.pending.length;
  const open = (run: CellRun) => {
    openStudyRun(id, study, run).catch((error: unknown) => setTrouble(messageOf(error)));
  };
  return (
    <>
      <BackButton onBack={onBack} />
      <div className="study-head">
        <h2>{study.title}</h2>
        <p className="study-lead">{study.question}</p>
      </div>
      <div className="study-progress">
        <progress max={all} value={done.size} aria-label="Runs that have ended" />
        <p role="status">
          {stateWords(held)}
          {!isDone(held) && left !== undefined && `, about ${duration(left)} left`}
        </p>
        {!isDone(held) && !held.elsewhere && (
          <Button
            icon={held.isPaused ? Play : Pause}
            onClick={() => (held.isPaused ? goOn(id) : void pause(id))}
          >
            {held.isPaused ? "Go on" : "Pause"}
          </Button>
        )}
        {isDone(held) && (
          <Button
            icon={Sprout}
            title="A planned look more: the card counts it, and its tests are stricter for it"
            onClick={() => addSeeds(id, MORE_SEEDS)}
          >
            Add {MORE_SEEDS} seeds
          </Button>
        )}
        <DeleteButton key={id} held={held} />
      </div>
      {trouble !== undefined && (
        <Notice tone="bad" onDismiss={() => setTrouble(undefined)}>
          <p>{trouble}</p>
        </Notice>
      )}
      {Object.keys(failed).length > 0 && (
        <Notice tone="warn" title={`${counted(Object.keys(failed).length, "run")} failed`}>
          <p>{Object.values(failed)[0]}</p>
        </Notice>
      )}
      <StudyQueue held={held} />
      <StudyResults key={id} study={study} result={result} onOpen={open} files={files} />
    </>
  );
}

/** Two presses: the second says what goes. */
function DeleteButton({ held }: { readonly held: HeldStudy }) {
  const [asking, setAsking] = useState(false);
  if (held.elsewhere) return null;
  return asking ? (
    <>
      <Button look="danger" autoFocus onClick={() => void studiesStore.getState().remove(held.id)}>
        Delete it with {counted(held.done.size, "run")}
      </Button>
      <Button look="quiet" onClick={() => setAsking(false)}>
        Keep it
      </Button>
    </>
  ) : (
    <Button look="quiet" icon={Trash2} onClick={() => setAsking(true)}>
      Delete…
    </Button>
  );
}
