// What a run was tested on, in a few words. Reads its record alone.
import { wholeText } from "../numbersIn.ts";
import { counted } from "../counted.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { evalLanguages, evalTarget, partName } from "../spec/resolve.ts";

/** "cldr-emoji, dev: 4,171 queries in 11 languages, pool 2,409" */
export function evalSizeWords({ spec, final }: RunRecord): string {
  const { datasetId } = evalTarget(spec);
  const languages = counted(evalLanguages(spec).length, "language");
  const pool = final.pool === undefined ? "" : `, pool ${wholeText(final.pool)}`;
  return `${datasetId}, ${partName(spec)}: ${counted(final.queries, "query", "queries")} in ${languages}${pool}`;
}
