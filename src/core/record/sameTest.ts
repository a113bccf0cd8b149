// Whether two records come from one test, so that comparing them compares runs and not tests.
import type { RunRecord } from "./runRecord.ts";
import { evalTarget } from "../spec/resolve.ts";

/** The same data (by hash), split and pool. The queries themselves are held against each other by `sameQueries`. */
export function sameTest(a: RunRecord, b: RunRecord): boolean {
  const [x, y] = [a, b].map(({ spec, environment, final }) => {
    const { datasetId, split } = evalTarget(spec);
    const { pool, queries } = final;
    return [environment.dataSha256[datasetId], split, pool, queries];
  });
  return x!.every((part, i) => part !== undefined && part === y![i]);
}
