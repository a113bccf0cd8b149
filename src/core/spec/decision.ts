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

/** The list with one decision more, in its place; of two about one batch the later says what it says. */
export function withDecision(trajectory: Trajectory, decision: Decision): Decision[] {
  const there = trajectory.find(({ step }) => step === decision.step);
  const others = trajectory.filter((one) => one !== there);
  return [...others, { ...there, ...decision }].sort((a, b) => a.step - b.step);
}

/** Whether two decide the same. */
export const sameTrajectory = (a: Trajectory = [], b: Trajectory = []): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
