// How a run stands, in a word. The same in the list and in the heading.
import type { RunStatus } from "../../core/record/storedRun.ts";

export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  preparing: "Preparing",
  running: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};
