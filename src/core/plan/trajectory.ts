// What was decided of a run on its way, as plain data, and the ways to follow it. Decides nothing itself.
import type { Ratio } from "../spec/batchKind.ts";
import type { KindWeights } from "../spec/spec.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";
import { weightsAt, type WeightsOf } from "./weightsAt.ts";

/** From batch `step` on this mix is asked for, or the losses weigh so, until the next decision about it. */
export interface Decision {
  readonly step: number; // of a batch, from 0
  readonly ratio?: Ratio;
  readonly weights?: KindWeights;
}

/** Decisions by ascending step; empty where nothing but the spec moves anything. */
export type Trajectory = readonly Decision[];

/** The latest decision about `what` that holds at a step; those before `since` were about a run that was branched off. */
function latest<K extends "ratio" | "weights">(
  trajectory: Trajectory,
  what: K,
  { step, since }: { readonly step: number; readonly since: number },
): Decision[K] | undefined {
  return trajectory.findLast((one) => one.step <= step && one.step >= since && one[what])?.[what];
}

/**
 * The mix of the latest decision, and before the first one the spec's own. The list is read at every step, so it may
 * grow while a plan is drawn: a decision counts for the batches that are drawn after it.
 */
export const followTrajectory =
  (trajectory: Trajectory): RatioOf =>
  (spec, step, since) =>
    latest(trajectory, "ratio", { step, since }) ?? ratioAt(spec, step);

/** The same for loss weights. */
export const followWeights =
  (trajectory: Trajectory): WeightsOf =>
  (spec, step, since) =>
    latest(trajectory, "weights", { step, since }) ?? weightsAt(spec, step);
