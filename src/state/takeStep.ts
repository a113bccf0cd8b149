// Does what a verdict says comes next, in one go. Decides nothing.
import type { NextStep } from "../core/verdict/nextStep.ts";
import { draftStore } from "./draftStore.ts";
import { parentOf, type Run } from "./run/run.ts";
import { runStore } from "./runStore.ts";
import { startDraft } from "./startDraft.ts";
import { viewStore } from "./viewStore.ts";

/** Trains what the step says, which then stands on the form; or lays a run over this one and opens Compare. */
export async function takeStep(run: Run, step: NextStep<{ readonly id: string }>): Promise<void> {
  if (step.kind === "compare") {
    runStore.getState().overlay(step.run.id);
    viewStore.getState().showStage("compare");
    return;
  }
  const branch = { parent: parentOf(run), parentId: run.parentId };
  draftStore.getState().loadSpec(step.spec, step.preset ?? run.presetName, branch);
  await startDraft();
}
