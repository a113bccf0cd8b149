// Where `lab run --from` branches off: a step of the run that a record, its snapshots, a link or a spec names. Trains nothing.
import { existsSync } from "node:fs";
import path from "node:path";
import { SpecError } from "../core/inputError.ts";
import { BRANCH_AGE, branchDigest } from "../core/record/branchDigest.ts";
import { ageOf } from "../core/record/recordAge.ts";
import { hasTrained } from "../core/record/stepsDone.ts";
import { sameCourse } from "../core/spec/course.ts";
import { ownTrajectory, type Trajectory } from "../core/spec/decision.ts";
import type { Parent } from "../core/spec/lineage.ts";
import { isLinkText } from "../core/spec/linkText.ts";
import { lastSnapshot, snapshotAt } from "../training/snapshot/lastSnapshot.ts";
import type { Snapshot } from "../training/snapshot/snapshotFile.ts";
import { createFolderSnapshots, findSnapshots, SNAPSHOTS, stepNamed } from "./nodeSnapshots.ts";
import { readSpec, type NamedSpec } from "./specSource.ts";

export interface Branch {
  readonly parent: Parent;
  readonly from?: Snapshot; // of the parent at that step; without it the parent's steps are trained again
}

type Say = (sentence: string) => void;

/**
 * @param at the step; left out: that of the snapshot that is named, or the last that the run trained
 * @param say told in one sentence what is passed over
 * @throws SpecError in one sentence
 */
export async function openBranch(named: string, at: string | undefined, say: Say): Promise<Branch> {
  if (at !== undefined && !/^\d{1,9}$/.test(at)) {
    throw new SpecError(`--at must be a step, such as 100, got "${at}"`);
  }
  const step = at === undefined ? undefined : Number(at);
  if (isLinkText(named) || named.startsWith("preset:")) return ofRun(await readSpec(named, say), step);
  const { dir } = findSnapshots(named);
  const isBeside = dir === `${path.normalize(named)}${SNAPSHOTS}`; // what is named is the record
  if (!isBeside || !existsSync(named)) {
    const branch = await ofSnapshots(dir, step ?? stepNamed(named), say);
    if (branch) return branch;
  }
  const run = await readSpec(named, say);
  const branch = ofRun(run, step);
  const from = await snapshotAt(createFolderSnapshots(dir), branch.parent.step, dir, say);
  if (!from) return branch;
  if (sameCourse(from, { spec: run.spec, parent: run.parent, stopAt: from.stopAt }))
    return { ...branch, from };
  say(`${dir} has a snapshot of step ${branch.parent.step} of another run, which is not used`);
  return branch;
}

function ofRun({ spec, parent, stopAt, trajectory, record }: NamedSpec, at: number | undefined): Branch {
  const step = at ?? stopAt ?? spec.steps;
  if (stopAt !== undefined && step > stopAt) {
    throw new SpecError(`--at ${step}: the run was stopped at step ${stopAt} and has none after it`);
  }
  const isTold = record && hasTrained(record) && ageOf(record) >= BRANCH_AGE;
  const digest = isTold ? branchDigest(record.points, step) : "";
  return { parent: { spec, step, digest, ...decidedBefore(step, trajectory), ...(parent && { parent }) } };
}

/** What of a run's decisions its branch needs. */
function decidedBefore(step: number, trajectory: Trajectory = []): Pick<Parent, "trajectory"> {
  const own = ownTrajectory(trajectory, 0, step);
  return own.length > 0 ? { trajectory: own } : {};
}

/** A run that has no record yet. @returns undefined where there is no snapshot either */
async function ofSnapshots(dir: string, at: number | undefined, say: Say): Promise<Branch | undefined> {
  const store = createFolderSnapshots(dir);
  const wanted = at === undefined ? undefined : await snapshotAt(store, at, dir, say);
  const known = wanted ?? (await lastSnapshot(store, dir, say));
  if (!known) return undefined;
  const { spec, parent, state } = known;
  const step = at ?? state.step;
  const digest = step <= state.step ? branchDigest(state.points, step) : "";
  const from = step === state.step ? known : undefined;
  const own = decidedBefore(step, ownTrajectory(state.trajectory, parent?.step ?? 0));
  return { parent: { spec, step, digest, ...own, ...(parent && { parent }) }, ...(from && { from }) };
}
