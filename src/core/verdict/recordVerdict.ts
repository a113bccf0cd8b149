// What one record says, in the page's words, where no other run is known: for files and lines of output.
import type { RunRecord } from "../record/runRecord.ts";
import { stepsDone, stopOf } from "../record/stepsDone.ts";
import { seededRecord } from "../series/seedGroups.ts";
import type { Evidence } from "./evidence.ts";
import { verdictOf } from "./verdict.ts";

/** "One seed. Answers in other languages got better (.133 → .203). …" @param changes since before training, over questions */
export function recordVerdict(
  record: RunRecord,
  changes: Evidence<ReturnType<typeof seededRecord>>["changes"],
): string {
  const run = seededRecord(record);
  const { sentences } = verdictOf({
    run,
    parent: record.parent,
    stopped: stopOf(record) !== undefined,
    step: stepsDone(record),
    runs: [run],
    neighbours: [],
    isBeside: () => false,
    changes,
    minus: () => undefined,
  });
  return sentences.join(" ").replaceAll("\u00a0", " ");
}
