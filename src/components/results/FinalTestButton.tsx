// The final test of the shown run as an act: asked for twice, since it is made once.
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { evalTarget } from "../../core/spec/resolve.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { whyNoFinalTest } from "../../state/runs/finalTesting.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";

/** Nothing for a run that was on test all along, or had it. */
export function FinalTestButton({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  const weightsId = useStore(runStore, (state) => state.weightsId);
  const testing = useStore(runStore, (state) => state.testingId === run.id);
  const { split } = evalTarget(run.spec);
  const had = detailOf(run).record?.finalTest;
  if (had || (split !== "devConcepts" && split !== "dev")) return null;
  const why = whyNoFinalTest(run, weightsId);
  return (
    <>
      <Button
        icon={FlaskConical}
        inactive={why !== undefined || testing}
        title={why ?? "Evaluates the last weights on test, once"}
        aria-haspopup="dialog"
        onClick={() => setAsking(true)}
      >
        {testing ? "Testing …" : "Final test"}
      </Button>
      {asking && <Question run={run} onClose={() => setAsking(false)} />}
    </>
  );
}

function Question({ run, onClose }: { run: Run; onClose: () => void }) {
  const test = () => {
    onClose();
    void runStore.getState().testFinally(run.id);
  };
  return (
    <Dialog
      title="Final test"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Not yet</Button>
          <Button look="primary" onClick={test}>
            Test once
          </Button>
        </>
      }
    >
      <p>
        So far “{run.name}” was evaluated on dev, as often as you liked. Test is for the end: look once, when
        the settings are chosen. Numbers by which settings are chosen come out too good.
      </p>
      <p>The result stays in the run’s record, marked as its final test.</p>
    </Dialog>
  );
}
