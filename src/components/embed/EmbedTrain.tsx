// Trains the form at a click, says how it goes, and stops it. The runs of this visit stay drawn beside the new one.
import { Play, Square } from "lucide-react";
import { useId } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { planName } from "../../core/naming/planName.ts";
import { contradictionOf } from "../../core/spec/course.ts";
import { trainLanguages } from "../../core/spec/resolve.ts";
import { draftStore } from "../../state/draftStore.ts";
import { isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { startDraft } from "../../state/startDraft.ts";
import { Button } from "../controls/Button.tsx";
import { useTimeEstimate } from "../form/useTimeEstimate.ts";
import { PhaseBar } from "../shell/PhaseBar.tsx";
import { phaseAtWork } from "../shell/phaseText.ts";
import { goingParts, inFormWords, statusText } from "../shell/statusText.ts";

async function train(): Promise<void> {
  const { selectedId, overlay } = runStore.getState();
  await startDraft();
  if (selectedId !== undefined) overlay(selectedId);
}

export function EmbedTrain() {
  const run = useStore(runStore, ({ runs, latestId }) => runs.find(({ id }) => id === latestId));
  const { spec, presetName } = useStore(draftStore);
  const contradiction = inFormWords(useStore(draftStore, contradictionOf));
  const failedStart = useStore(runStore, (state) => state.failedStart);
  const estimate = useTimeEstimate();
  const id = useId();
  const going = run !== undefined && isGoing(run);
  const blocked = contradiction !== undefined && !going;
  const work = going ? phaseAtWork(run.live?.phases ?? {}) : undefined;
  const plan = [
    planName(spec, presetName),
    counted(spec.steps, "step"),
    counted(trainLanguages(spec).length, "language"),
    ...(estimate ? [`about ${estimate.total}${estimate.isHere ? " here" : ""}`] : []),
  ].join(" · ");
  return (
    <section className="embed-train" aria-label="Training">
      <Button
        look="primary"
        icon={going ? Square : Play}
        inactive={blocked}
        aria-describedby={id}
        onClick={() => void (going ? runStore.getState().stop() : train())}
      >
        {going ? "Stop" : "Train"}
      </Button>
      <div>
        <p role="status">
          {run
            ? statusText(run)
            : failedStart
              ? "Did not start"
              : blocked
                ? "Not ready to train"
                : "Ready to train"}
        </p>
        <p id={id} className={blocked ? "embed-reason" : "embed-plan"}>
          {blocked ? contradiction : going ? [...(work?.words ?? []), ...goingParts(run)].join(" · ") : plan}
        </p>
      </div>
      <PhaseBar work={work} halted={false} />
    </section>
  );
}
