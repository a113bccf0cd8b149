// What was decided of a run on its way, as plain data. Decides nothing.
import type { KindWeights } from "./spec.ts";

/** From batch `step` on this mix is asked for, or the losses weigh so, until the next decision about it. */
export interface Decision {
  readonly step: number; // of a batch, from 0
  readonly ratio?: KindWeights; // sums to 1
  readonly weights?: KindWeights;
}

/** Decisions by ascending step; empty where nothing but the spec moves anything. */
export type Trajectory = readonly Decision[];

/** Decisions about the batches from `from` on, up to `to`. */
export const ownTrajectory = (trajectory: Trajectory, from: number, to = Infinity): Trajectory =>
  trajectory.filter(({ step }) => step >= from && step < to);
