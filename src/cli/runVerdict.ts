// What one run's file says, its differences computed here: for a line of output and for pages. Knows no other runs.
import type { RecordFile } from "../core/export/recordJson.ts";
import { compareQueries } from "../core/stats/compareQueries.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { finishResampling } from "../core/stats/resampling.ts";
import { recordVerdict } from "../core/verdict/recordVerdict.ts";

export const runVerdict = ({ record, queryValues, startValues }: RecordFile): string =>
  recordVerdict(record, changesOf(queryValues, startValues));

function changesOf(now: QueryValues | undefined, before: QueryValues | undefined) {
  if (!now || !before) return "notKept";
  const compared = compareQueries(now, before);
  return compared ? finishResampling(compared) : "unpaired";
}
