// What the fields of a spec meant to older labs, read off their rows. Holds no field and knows no link.
import type { Age } from "../age.ts";
import { BATCH_KINDS, kindFacts, type BatchKind } from "./batchKind.ts";
import type { Trajectory } from "./decision.ts";
import type { Field } from "./field.ts";
import { formatValue } from "./fieldText.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { readPath, type ExperimentSpec, type SpecPath, type SpecValue } from "./spec.ts";

/** What a lab of that age did where a link left the field out, or where there was no such field. */
export function impliedAt(path: SpecPath, age: Age): SpecValue {
  const { since, before, formerly = [], default: value } = fieldAt(path);
  if (age < since && before !== undefined) return before;
  return formerly.find(({ until }) => age < until)?.value ?? value;
}

/** Path -> `before` of the fields that came later: what a spec that was written whole means by lacking them. */
export function absentFields(): Partial<Record<SpecPath, SpecValue>> {
  const later = SPEC_PATHS.filter((path) => fieldAt(path).before !== undefined);
  return Object.fromEntries(later.map((path) => [path, fieldAt(path).before!]));
}

/**
 * The part of a spec that a digest covers: all but the fields and kinds that came later and are not made use of. So a
 * digest made before there was a field holds on, whatever the age of the lab that makes it again.
 * @param trajectory what was decided of the run
 */
export function digestedSpec(spec: ExperimentSpec, trajectory: Trajectory = []): object {
  const idle = idleKinds(spec, trajectory);
  const groups: Record<string, unknown> = {};
  for (const path of SPEC_PATHS.filter((path) => !isSilent(spec, path))) {
    const [group, name] = path.split(".") as [string, string | undefined];
    const isByKind = KIND_TYPES.has(fieldAt(path).type);
    const value = isByKind ? withoutKinds(readPath(spec, path), idle) : readPath(spec, path);
    groups[group] = name === undefined ? value : { ...(groups[group] as object | undefined), [name]: value };
  }
  return groups;
}

/** The same of what was decided. */
export const digestedTrajectory = (spec: ExperimentSpec, trajectory: Trajectory): unknown =>
  withoutKinds(trajectory, idleKinds(spec, trajectory));

function isSilent(spec: ExperimentSpec, path: SpecPath): boolean {
  const { before, silentWhile } = fieldAt(path);
  if (silentWhile) return readPath(spec, silentWhile.path) === silentWhile.is;
  return before !== undefined && formatValue(path, readPath(spec, path)) === formatValue(path, before);
}

const KIND_TYPES = new Set<Field["type"]>(["ratio", "kindWeights", "kindNumbers", "kindMatrix", "curve"]);

/** Kinds that came later and that no mix gives a share: no batch is of them. */
function idleKinds({ batch }: ExperimentSpec, trajectory: Trajectory): BatchKind[] {
  const decided = trajectory.flatMap(({ ratio }) => ratio ?? []);
  const mixes = [batch.ratio, batch.ratioEnd, ...batch.curve.map(({ weights }) => weights), ...decided];
  return BATCH_KINDS.filter((kind) => kindFacts(kind).since > 1 && mixes.every((mix) => mix[kind] === 0));
}

/** A list or object without those kinds, however deep they are in it. */
function withoutKinds(value: unknown, kinds: readonly string[]): unknown {
  if (kinds.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutKinds(one, kinds));
  const kept = Object.entries(value).filter(([key]) => !kinds.includes(key));
  return Object.fromEntries(kept.map(([key, own]) => [key, withoutKinds(own, kinds)]));
}
