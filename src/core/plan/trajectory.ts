// A mix that was decided step by step, as plain data, and the batch plan's way to follow it. Decides nothing itself.
import type { Ratio } from "../spec/batchKind.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";

/** From batch `step` on this mix is asked for, until the next decision. */
export interface MixDecision {
  readonly step: number; // of a batch, from 0
  readonly ratio: Ratio;
}

/** Decisions by ascending step; empty where nothing but the spec moves the mix. */
export type Trajectory = readonly MixDecision[];

/**
 * The mix of the latest decision, and before the first one the spec's own. The list is read at every step, so it may
 * grow while a plan is drawn: a decision counts for the batches that are drawn after it.
 */
export function followTrajectory(trajectory: Trajectory): RatioOf {
  return (spec, step) =>
    trajectory.findLast((decision) => decision.step <= step)?.ratio ?? ratioAt(spec, step);
}
