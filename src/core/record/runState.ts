// What of a run changes from step to step, as plain data: it is written as JSON and read back. Holds no behaviour.
import type { Decision } from "../spec/decision.ts";
import type { RuleStates } from "../rules/ruleStates.ts";
import type { Point } from "./point.ts";

export type Counts = Record<string, number>;

/** What a run has trained on. */
export interface RunCounts {
  readonly realised: Counts; // batches by kind (a batch of mixed rows counts in parts), texts by language
  recent: Counts; // batches by kind since the last ratio points
}

/** Of one run, changed in place by the loop that trains it; weights and moments are the model's. */
export interface RunState {
  step: number; // batches trained so far
  readonly counts: RunCounts;
  readonly points: Point[]; // in the order in which they were told
  readonly trajectory: Decision[]; // of mix and weights, where something else than the spec moves them; a branch has its parents\u2019 too
  /** Of the rules that decide; absent where none does, or a recorded trajectory is followed. */
  rules?: RuleStates;
  /** The step of the last evaluation over everything whose points are among `points`; -1 before the first. */
  measured: number;
}

/** Before the first step. */
export function newRunState(): RunState {
  return { step: 0, counts: { realised: {}, recent: {} }, points: [], trajectory: [], measured: -1 };
}
