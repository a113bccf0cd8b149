// What of a run changes from step to step, as plain data: it can be written as JSON and read back. Holds no behaviour.
import type { MixDecision } from "../../core/plan/trajectory.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunCounts } from "./runCounts.ts";

/** Of one run, changed in place by the loop that trains it; weights and moments are the model's. */
export interface RunState {
  step: number; // batches trained so far
  readonly counts: RunCounts;
  readonly points: Point[]; // in the order in which they were told
  readonly trajectory: MixDecision[]; // of the mix, where something else than the spec moves it
}

/** Before the first step. */
export function newRunState(): RunState {
  return { step: 0, counts: { realised: {}, recent: {} }, points: [], trajectory: [] };
}
