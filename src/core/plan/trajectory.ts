// A mix and loss weights as they were decided step by step. Decides nothing itself.
import type { Decision, Trajectory } from "../spec/decision.ts";
import { ratioAt, type RatioOf } from "./ratioAt.ts";
import { weightsAt, type WeightsOf } from "./weightsAt.ts";

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
