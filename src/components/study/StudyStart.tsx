// What a study is and costs, in a few lines, and the button that starts it, once its cells can be planned. Asks once more where it is large.
import { Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { messageOf } from "../../core/messageOf.ts";
import { duration } from "../../core/run/duration.ts";
import type { Study } from "../../core/study/study.ts";
import { detectText } from "../../core/study/words/detectWords.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { runStore } from "../../state/runStore.ts";
import { refusedCell } from "../../state/study/refusedCell.ts";
import { DATA_ADDRESS } from "../../state/viewStore.ts";
import { workersStore } from "../../state/workersStore.ts";
import { Button } from "../controls/Button.tsx";
import { useKnownSpeeds } from "../form/useKnownSpeeds.ts";
import { Notice } from "../controls/Notice.tsx";
import { bytesText } from "../words/bytesText.ts";
import { isLarge, studyCost, type StudyCost } from "./studyCost.ts";

interface StudyStartProps {
  readonly study: Study;
  readonly onStart: (study: Study) => void;
}

export function StudyStart({ study, onStart }: StudyStartProps) {
  const { status, datasets } = useStore(datasetStore);
  const known = useKnownSpeeds();
  const isBusy = useStore(runStore, ({ trainingId, otherWork }) => trainingId !== undefined || !!otherWork);
  const [askedOf, setAskedOf] = useState<Study>(); // pressed once
  const { isChecking, refusal, start } = useCheckedStart(study, onStart);
  useEffect(() => {
    if (status === "unknown") void datasetStore.getState().refresh();
  }, [status]);
  const cost = studyCost(study, datasets, known);
  const { lacking } = cost;
  const isKnown = status === "ready";
  const asks = isLarge(cost) && askedOf !== study;
  return (
    <>
      <dl className="study-facts">
        <Fact name="Cells">
          {study.cells.length}: {study.cells.map(({ label }) => label).join(" · ")}
        </Fact>
        <Fact name="Runs">
          {cost.runs}, {counted(study.seeds.length, "seed")} each, {counted(study.spec.steps, "step")}
        </Fact>
        <Fact name="Time">{timeText(cost)}</Fact>
        <Fact name="Storage">
          {cost.bytes === undefined ? "not known yet" : `about ${bytesText(cost.bytes)}`}
        </Fact>
        <Fact name="Can find">{detectText(study)}</Fact>
      </dl>
      {isKnown && lacking.length > 0 && (
        <Notice tone="warn" title={`Its data is not in this browser: ${lacking.join(", ")}`}>
          <p>
            Add it on the <a href={DATA_ADDRESS}>data page</a>, then come back.
          </p>
        </Notice>
      )}
      {refusal !== undefined && (
        <Notice tone="bad" title="It was not started">
          <p>{refusal}</p>
        </Notice>
      )}
      <div className="study-start">
        <Button
          look="primary"
          icon={Play}
          inactive={isChecking || (isKnown && lacking.length > 0)}
          onClick={() => (asks ? setAskedOf(study) : void start())}
        >
          {askedOf === study ? `Yes, start ${counted(cost.runs, "run")}` : "Start the study"}
        </Button>
        {isChecking && <p role="status">Planning its cells …</p>}
        {askedOf === study && !isChecking && (
          <p role="status">This is long: {timeText(cost)}. It can be paused and goes on after a reload.</p>
        )}
        {isBusy && askedOf !== study && (
          <p className="study-note">Something is training: the study joins the queue.</p>
        )}
      </div>
    </>
  );
}

/** Starts once every cell is known to be possible; what is said of one study is not said of the next. */
function useCheckedStart(study: Study, onStart: (study: Study) => void) {
  const [checked, setChecked] = useState<{ readonly study: Study; readonly refusal?: string }>();
  const shown = useRef<Study>(undefined);
  useEffect(() => {
    shown.current = study;
    return () => void (shown.current = undefined);
  }, [study]);
  const own = checked?.study === study ? checked : undefined;
  const start = async () => {
    setChecked({ study });
    const { data } = workersStore.getState().client();
    const refusal = await refusedCell(study, data).catch(messageOf);
    if (shown.current !== study) return; // left meanwhile
    if (refusal === undefined) onStart(study);
    else setChecked({ study, refusal });
  };
  return { isChecking: own !== undefined && own.refusal === undefined, refusal: own?.refusal, start };
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function timeText({ seconds, isHere }: StudyCost): string {
  if (seconds === undefined) return "not known before a run with this encoder";
  const unit = seconds < 120 ? 10 : seconds < 7200 ? 60 : 1800;
  const text = duration(unit * Math.max(1, Math.round(seconds / unit))).replace(/ 0 min$/, "");
  return `about ${text}${isHere ? " here" : " on two processors, less on more or on a GPU"}`;
}
