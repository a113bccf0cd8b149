// The form's way to a run: the draft as it stands is started. Knows nothing of workers.
import { draftStore } from "./draftStore.ts";
import type { RunStart } from "./runs/runsState.ts";
import { runStore } from "./runStore.ts";

/** Starts the draft as a new run; one that is going on is ended. */
export function startDraft(begin?: RunStart["begin"]): Promise<void> {
  const { spec, presetName } = draftStore.getState();
  return runStore.getState().start(spec, { presetName, ...(begin && { begin }) });
}

/** One training step, then a pause: of the run that is going on, else of the draft. */
export function stepDraft(): Promise<void> {
  const { trainingId, step } = runStore.getState();
  return trainingId === undefined ? startDraft("oneStep") : step();
}
