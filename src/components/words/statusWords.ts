// How a run stands, in a word. The same in the list and in the heading.
import type { Run } from "../../state/run/run.ts";

export const STATUS_WORDS: Readonly<Record<Run["status"], string>> = {
  preparing: "Preparing",
  running: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};
