// How far the rules of a run are that decide while it trains, as plain data: a snapshot keeps it. Holds no behaviour.
import type { BatchKind } from "../spec/batchKind.ts";

/** One rule between two decisions. */
export interface RuleProgress {
  readonly decidedAt: number; // batches trained then; at first where the run began
  readonly state: unknown; // the rule's own, plain JSON
}

/** Absent where nothing decides, or a recorded trajectory is followed instead. */
export interface RuleStates {
  mix?: RuleProgress;
  weights?: RuleProgress;
  /** Of the last batch of each kind, by its weight of then (GradNorm). */
  readonly gradients: Partial<Record<BatchKind, number>>;
}
