// The runs that a branch comes from, as one value of a link and back. Compact: each says only what its child changed.
import { fieldAt } from "./fields.ts";
import { formatValue, parseValue } from "./fieldText.ts";
import { BRANCH_FIELDS, checkBranch, MAX_PARENTS, type Parent } from "./lineage.ts";
import { formatDrive, handDrive, parseDrive } from "./linkDrive.ts";
import { readPath, withPath, type ExperimentSpec } from "./spec.ts";

const DIGITS = 16; // of a digest
const DRIVE = "drive="; // what a hand decided while that run trained

/** "100|0123456789abcdef|ratio=mono:1;50|…": nearest first; step, digest if it is known, and the fields that differ from the child's. */
export function formatParents(
  child: ExperimentSpec,
  { spec, step, digest, trajectory, parent }: Parent,
): string {
  const changed = BRANCH_FIELDS.flatMap((path) => {
    const text = formatValue(path, readPath(spec, path));
    if (text === formatValue(path, readPath(child, path))) return [];
    return [`${fieldAt(path).key}=${text.replace(/[%|;]/g, encodeURIComponent)}`];
  });
  const drive = handDrive(spec, trajectory);
  const driven = drive.length > 0 ? [`${DRIVE}${formatDrive(drive)}`] : [];
  const own = [step, digest.slice(0, DIGITS), ...changed, ...driven].join("|");
  return parent ? `${own};${formatParents(spec, parent)}` : own;
}

/** @throws Error in one sentence: what of it is not as `formatParents` writes it, or no branch can be */
export function parseParents(child: ExperimentSpec, text: string): Parent {
  const parts = text.split(";");
  if (parts.length > MAX_PARENTS)
    throw new Error(`from names at most ${MAX_PARENTS} runs, got ${parts.length}`);
  const parent = parseFrom(child, parts);
  checkBranch(child, parent);
  return parent;
}

function parseFrom(child: ExperimentSpec, [own = "", ...rest]: readonly string[]): Parent {
  const [step = "", digest = "", ...all] = own.split("|");
  const changes = all.filter((change) => !change.startsWith(DRIVE));
  if (!/^\d{1,9}$/.test(step) || !/^([0-9a-f]{16})?$/.test(digest)) {
    throw new Error(
      `from must begin with a step and 16 digits of a digest or none, got "${own.slice(0, 40)}"`,
    );
  }
  const spec = changes.reduce((before, change) => {
    const cut = change.indexOf("=");
    const path = BRANCH_FIELDS.find((known) => fieldAt(known).key === change.slice(0, cut));
    if (cut < 1 || !path) throw new Error(`from changes "${change.slice(0, 40)}", which a branch cannot`);
    const checked = parseValue(path, decodeURIComponent(change.slice(cut + 1)));
    if (!("value" in checked) || checked.problem) throw new Error(`from: ${checked.problem!.message}`);
    return withPath(before, path, checked.value);
  }, child);
  const driven = all.find((change) => change.startsWith(DRIVE));
  const trajectory = driven === undefined ? undefined : parseDrive(driven.slice(DRIVE.length), spec.steps);
  if (driven !== undefined && !trajectory)
    throw new Error(`from: "${driven.slice(0, 40)}" is no drive of its run`);
  return {
    spec,
    step: Number(step),
    digest,
    ...(trajectory && { trajectory }),
    ...(rest.length > 0 && { parent: parseFrom(spec, rest) }),
  };
}
