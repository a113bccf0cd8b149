// A run that branched off another one: from which, at which step, and what may differ from there on. Trains nothing.
import { SpecError } from "../inputError.ts";
import type { Trajectory } from "./decision.ts";
import { differingField } from "./differingField.ts";
import { formatValue } from "./fieldText.ts";
import { SPEC_PATHS } from "./fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

/** The run that another one branched off: it was trained as it says up to `step`, and goes on under the other's spec. */
export interface Parent {
  readonly spec: ExperimentSpec;
  readonly step: number; // batches trained before the branch
  /** sha256 of the parent's points up to there (branchDigest.ts); of a link its first 16 digits; "" where it is not known. */
  readonly digest: string;
  /** What rules or a hand decided of its own steps up to the branch; left out: nothing, or its rules decide again. */
  readonly trajectory?: Trajectory;
  readonly parent?: Parent; // its own, at an earlier step
}

/** A stretch of a run's steps under one spec: from batch `from` to the next one's. */
export interface Stretch {
  readonly spec: ExperimentSpec;
  readonly from: number;
}

export const MAX_PARENTS = 16;

/** What a branch may change. Anything else is the shape of what is trained, or the course of its random streams. */
export const BRANCH_FIELDS: readonly SpecPath[] = SPEC_PATHS.filter((path) =>
  /^(languages\..+|loss\..+|batch\.(ratio|ratioEnd|schedule|curve)|rule\..+|optimizer\.learningRate|steps|evalEvery|compute\..+)$/.test(
    path,
  ),
);

/** The whole course of a run, from its origin: one stretch for a run that is no branch. */
export function courseOf(spec: ExperimentSpec, parent: Parent | undefined): Stretch[] {
  const before = parent ? courseOf(parent.spec, parent.parent) : [];
  return [...before, { spec, from: parent?.step ?? 0 }];
}

/** @throws SpecError naming the field that a branch may not change, or the step */
export function checkBranch(spec: ExperimentSpec, parent: Parent): void {
  const fixed = SPEC_PATHS.filter((path) => !BRANCH_FIELDS.includes(path));
  for (const path of fixed) {
    const [was, is] = [parent.spec, spec].map((one) => formatValue(path, readPath(one, path)));
    if (was !== is) {
      throw new SpecError(
        `${path}: a branch keeps its parent’s ${was}, got ${is}; it may change ${BRANCH_FIELDS.join(", ")}`,
      );
    }
  }
  const first = parent.parent?.step ?? 0;
  const last = Math.min(parent.spec.steps, spec.steps - 1);
  if (!Number.isInteger(parent.step) || parent.step < first || parent.step > last) {
    throw new SpecError(
      `a branch begins at a step from ${first} to ${last}, which its parent trained and its own steps reach beyond; got ${parent.step}`,
    );
  }
  if (parent.parent) checkBranch(parent.spec, parent.parent);
}

/** Whether two runs branched off one course at one step. Of two digests one may be the beginning of the other. */
export function sameParents(a: Parent | undefined, b: Parent | undefined): boolean {
  if (!a || !b) return a === b;
  const alike = a.digest.startsWith(b.digest) || b.digest.startsWith(a.digest);
  const same = a.step === b.step && alike && differingField(a.spec, b.spec) === undefined;
  return same && sameParents(a.parent, b.parent);
}

/** How many runs a run comes from. */
export const depthOf = (parent: Parent | undefined): number => (parent ? 1 + depthOf(parent.parent) : 0);
