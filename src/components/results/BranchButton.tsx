// Leads from a run to the form of a branch of it: at the step at which a chart was read, else at the last one. Starts nothing.
import { GitBranch } from "lucide-react";
import type { Run } from "../../state/run/run.ts";
import { branchFrom } from "../../state/startDraft.ts";
import { Button } from "../controls/Button.tsx";
import { showBranchCard } from "../form/showForm.ts";
import { countText } from "../words/numberText.ts";

interface BranchButtonProps {
  readonly run: Run;
  readonly readAt: number | undefined;
}

export function BranchButton({ run, readAt }: BranchButtonProps) {
  const step = Math.min(run.step, Math.max(readAt ?? run.step, run.parent?.step ?? 0));
  const preparing = run.status === "preparing";
  return (
    <Button
      icon={GitBranch}
      inactive={preparing}
      title={
        preparing
          ? "The run has no step yet"
          : `A new run that goes on from step ${countText(step)} with another mix, other languages, loss, learning rate or length. Press a chart at a step to branch from there.`
      }
      onClick={() => {
        void branchFrom(run, step);
        showBranchCard();
      }}
    >
      Branch <span data-usual={readAt === undefined || undefined}>from step {countText(step)}</span> …
    </Button>
  );
}
