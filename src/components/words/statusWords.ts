// How a run stands, in a word. The same in the list and in the heading.
import type { RunStatus } from "../../core/record/storedRun.ts";
import type { Run } from "../../state/run/run.ts";

export const statusWord = ({ status, elsewhere }: Pick<Run, "status" | "elsewhere">): string =>
  elsewhere ? "In another tab" : STATUS_WORDS[status];

const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  preparing: "Preparing",
  running: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};
