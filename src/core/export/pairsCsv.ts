// What runs measured of each pair of languages, as CSV in long form: mAP always, and the cuts asked for by pair. Writes no file.
import type { PairTable } from "../metrics/evaluation.ts";
import { namedRun } from "../record/misfits.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { csvText } from "../series/csv.ts";
import { evalTarget } from "../spec/resolve.ts";
import { mtebTask } from "./mtebTasks.ts";

export interface PairedRun {
  readonly name: string;
  readonly record: RunRecord;
  readonly misfits?: readonly string[] | undefined;
}

export const PAIR_HEADER = ["run", "seed", "measure", "queries", "passages", "mteb_subset", "value"] as const;

/** A pair without an answered query has an empty value. `mteb_subset`: of sets that are converted as a task of mteb's. */
export function pairsCsv(runs: readonly PairedRun[]): string {
  function* rows() {
    yield PAIR_HEADER;
    for (const run of runs) {
      const { final, spec } = run.record;
      const task = mtebTask(evalTarget(spec).datasetId);
      const tables: [string, PairTable][] = [["map", final.matrix], ...Object.entries(final.pairs ?? {})];
      for (const [path, table] of tables)
        for (const [query, row] of Object.entries(table))
          for (const [passage, value] of Object.entries(row)) {
            const subset = task?.subset({ query, passage });
            yield [namedRun(run), spec.seed, path.split("/")[0], query, passage, subset, value];
          }
    }
  }
  return csvText(rows());
}
