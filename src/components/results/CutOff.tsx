// What can be done with a run that was cut off or has failed: go on from its snapshot, or train again from the start.
import { GitBranch, Play, RotateCcw } from "lucide-react";
import { parentAt } from "../../state/run/branching.ts";
import { isGoing, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { trainAgain } from "../../state/startDraft.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { countText } from "../words/numberText.ts";

const CUT_OFF = "This run was cut off: the page was closed, or it was ended without an evaluation.";

export function CutOff({ run }: { readonly run: Run }) {
  const { id, status, snapshotStep, spec, presetName, step, error } = run;
  if (isGoing(run) || (status !== "interrupted" && status !== "failed")) return null;
  if (snapshotStep !== undefined && error?.instead === "branch") {
    const branch = { presetName, parent: parentAt(run, snapshotStep), parentId: id };
    return (
      <Notice tone="info">
        <p>
          A branch can go on: a run of its own, which takes over the weights of step {countText(snapshotStep)}{" "}
          and trains on here. Its numbers are not those that this run would have had.
        </p>
        <Button look="primary" icon={GitBranch} onClick={() => void runStore.getState().start(spec, branch)}>
          Go on as a branch
        </Button>
      </Notice>
    );
  }
  if (snapshotStep !== undefined) {
    return (
      <Notice tone="info">
        <p>
          {status === "interrupted" && `${CUT_OFF} `}A snapshot of step {countText(snapshotStep)} is kept:
          from there the run goes on to the very numbers it would have had.
        </p>
        <Button look="primary" icon={Play} onClick={() => void runStore.getState().goOn(id)}>
          Continue
        </Button>
      </Notice>
    );
  }
  if (status === "failed") return null;
  return (
    <Notice tone="warn">
      <p>
        {CUT_OFF} No snapshot of it is left, so it cannot go on. Its points up to step {countText(step)} are
        kept.
      </p>
      <Button icon={RotateCcw} onClick={() => void trainAgain(run)}>
        Train again
      </Button>
    </Notice>
  );
}
