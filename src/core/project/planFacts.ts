// What the exported project's sampler (batches.py) is told of a plan, as plain data. Draws nothing.
import type { PlannedStretch } from "../plan/batchPlan.ts";
import { leavesDevOut } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

/** A stretch with the languages of its pair table, whose queries and passages are rows of the project's data. */
export interface StretchFacts {
  readonly spec: ExperimentSpec;
  readonly from: number;
  readonly since: number;
  readonly languages: readonly string[];
  readonly leavesDevOut: boolean;
}

export function stretchFacts(stretches: readonly PlannedStretch[]): StretchFacts[] {
  return stretches.map(({ spec, from, since, table }) => ({
    spec,
    from,
    since,
    languages: table.languages,
    leavesDevOut: leavesDevOut(spec),
  }));
}
