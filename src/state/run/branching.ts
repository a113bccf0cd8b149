// Where a branch leaves a run of this browser: the step offered first, the form it begins with, the digest of its parent.
import { BRANCH_AGE, branchDigest } from "../../core/record/branchDigest.ts";
import { ageOf } from "../../core/record/recordAge.ts";
import { hasTrained } from "../../core/record/stepsDone.ts";
import { ownTrajectory } from "../../core/spec/decision.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { detailOf, parentOf, type Run } from "./run.ts";

/** The parent of a branch of this run, its digest still to be taken. */
export function parentAt(run: Run, step: number): Parent {
  const parent = parentOf(run);
  const decided = ownTrajectory(detailOf(run).record?.trajectory ?? run.trajectory ?? [], 0, step);
  return {
    spec: run.spec,
    step,
    digest: "",
    ...(decided.length > 0 && { trajectory: decided }),
    ...(parent && { parent }),
  };
}

/** The run's own spec, or one as long again where the branch begins at its very end. */
export function branchSpec({ spec }: Run, step: number): ExperimentSpec {
  if (step < spec.steps) return spec;
  const field = fieldAt("steps");
  const most = field.type === "number" ? field.max : step + 1;
  return { ...spec, steps: Math.min(most, 2 * step) };
}

/** The parent with the digest of what its run told up to the step, as far as its record is here and of today's kind. */
export function withDigest(parent: Parent, run: Run): Parent {
  const { record } = detailOf(run);
  const isTold = parent.digest === "" && record && hasTrained(record) && ageOf(record) >= BRANCH_AGE;
  return isTold ? { ...parent, digest: branchDigest(record.points, parent.step) } : parent;
}
