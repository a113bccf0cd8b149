// How the run in training stands, in words. Draws nothing.
import { counted } from "../../core/counted.ts";
import { wholeText } from "../../core/numbersIn.ts";
import { formWords } from "../../core/spec/formWords.ts";
import type { Run } from "../../state/run/run.ts";

export const inFormWords = (sentence: string | undefined) => sentence && formWords(sentence);

/** What is in training, on what, and what of it is kept. */
export function goingParts({ name, spec, snapshotStep }: Run): string[] {
  return [
    name,
    spec.data.train,
    snapshotStep === undefined ? "" : `snapshot of step ${wholeText(snapshotStep)} kept`,
  ].filter(Boolean);
}

/** How a run stands, in a few words. */
export function statusText(run: Run): string {
  const at = `step ${wholeText(run.step)} of ${wholeText(run.spec.steps)}`;
  switch (run.status) {
    case "preparing":
      return run.live?.phases.parent ? "Training the parent’s steps again" : "Preparing";
    case "running":
      return run.live?.stopRequested
        ? "Stopping: the last evaluation is under way; Stop again ends it"
        : `Training, ${at}`;
    case "paused":
      return `Paused at ${at}`;
    case "finished":
      return `Finished ${counted(run.spec.steps, "step")}`;
    case "stopped":
      return `Stopped at ${at}`;
    case "interrupted":
      return `Cut off at ${at}`;
    case "failed":
      return `Failed at ${at}: ${inFormWords(run.error?.message) ?? "no reason was given"}`;
  }
}
