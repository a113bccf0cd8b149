// One press trains the controls of a run whose mix or weights moved: they join the line of those that wait. Nothing for other runs.
import { FlaskConical } from "lucide-react";
import { withChanges } from "../../core/spec/spec.ts";
import { ruleControls } from "../../core/study/ruleControls.ts";
import { detailOf, parentOf, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";

export function ControlsButton({ run }: { readonly run: Run }) {
  const { record } = detailOf(run);
  if (run.status !== "finished" || !record) return null;
  const parent = parentOf(run);
  const controls = ruleControls({ spec: run.spec, trajectory: record.trajectory, from: parent?.step ?? 0 });
  if (controls.length === 0) return null;
  const train = async () => {
    const { presetName, parentId } = run;
    for (const { changes } of controls) {
      await runStore.getState().start(withChanges(run.spec, changes), { presetName, parent, parentId });
    }
  };
  const names = controls.map(({ label }) => label).join("; ");
  return (
    <Button
      icon={FlaskConical}
      title={`What a mix that moves must beat, made from this run’s own way: ${names}. They train one after the other.`}
      onClick={() => void train()}
    >
      Train its controls
    </Button>
  );
}
