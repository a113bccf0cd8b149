// What a run trains, whole: its spec, the run it branched off, the step at which it stops. Trains nothing.
import { SpecError } from "../inputError.ts";
import { sameTrajectory, type Trajectory } from "./decision.ts";
import { checkBranch, sameParents, type Parent } from "./lineage.ts";
import { checkConsistency } from "./resolve.ts";
import { equalSpecs } from "./specChecks.ts";
import type { ExperimentSpec } from "./spec.ts";

export interface Course {
  readonly spec: ExperimentSpec;
  readonly parent?: Parent | undefined; // of a branch
  readonly stopAt?: number | undefined; // the step at which it stops before its end, as if by hand
  /** What was decided of it before, by a hand or by its rules, which then decide no more. */
  readonly trajectory?: Trajectory | undefined;
}

/** Whether two give the same numbers on one device. */
export function sameCourse(a: Course, b: Course): boolean {
  return (
    a.stopAt === b.stopAt &&
    sameTrajectory(a.trajectory, b.trajectory) &&
    equalSpecs(a.spec, b.spec) &&
    sameParents(a.parent, b.parent)
  );
}

/** The sentence why this cannot be trained, or undefined if it can. */
export function contradictionOf({ spec, parent, trajectory }: Course): string | undefined {
  try {
    checkConsistency(spec, trajectory);
    if (parent) checkBranch(spec, parent);
    return undefined;
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
}
