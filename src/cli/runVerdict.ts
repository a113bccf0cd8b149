// What one record says, in the page's words, for a line of output. Knows no other runs.
import type { RunRecord } from "../core/record/runRecord.ts";
import { stepsDone, stopOf } from "../core/record/stepsDone.ts";
import { seededRecord } from "../core/series/seedGroups.ts";
import { compareQueries } from "../core/stats/compareQueries.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { finishResampling } from "../core/stats/resampling.ts";
import { verdictOf } from "../core/verdict/verdict.ts";

interface Kept {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues | undefined;
  readonly startValues?: QueryValues | undefined;
}

/** "One seed. Answers in other languages got better (.133 → .203). …" */
export function runVerdict({ record, queryValues, startValues }: Kept): string {
  const run = seededRecord(record);
  const { sentences } = verdictOf({
    run,
    parent: record.parent,
    stopped: stopOf(record) !== undefined,
    step: stepsDone(record),
    runs: [run],
    neighbours: [],
    isBeside: () => false,
    changes: changesOf(queryValues, startValues),
    minus: () => undefined,
  });
  return sentences.join(" ").replaceAll("\u00a0", " ");
}

function changesOf(now: QueryValues | undefined, before: QueryValues | undefined) {
  if (!now || !before) return "notKept";
  const compared = compareQueries(now, before);
  return compared ? finishResampling(compared) : "unpaired";
}
