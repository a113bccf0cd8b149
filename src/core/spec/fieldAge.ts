// What the fields of a spec meant to older labs, read off their rows. Holds no field and knows no link.
import type { Age } from "../age.ts";
import { BATCH_KINDS, KIND_SINCE } from "./batchKind.ts";
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
 */
export function digestedSpec(spec: ExperimentSpec): object {
  const groups: Record<string, unknown> = {};
  for (const path of SPEC_PATHS.filter((path) => !isSilent(spec, path))) {
    const [group, name] = path.split(".") as [string, string | undefined];
    const value = withoutIdleKinds(spec, path);
    groups[group] = name === undefined ? value : { ...(groups[group] as object | undefined), [name]: value };
  }
  return groups;
}

function isSilent(spec: ExperimentSpec, path: SpecPath): boolean {
  const { before, silentWhile } = fieldAt(path);
  if (silentWhile) return readPath(spec, silentWhile.path) === silentWhile.is;
  return before !== undefined && formatValue(path, readPath(spec, path)) === formatValue(path, before);
}

/** The value at `path`; weights without those of later kinds that neither mix of the spec gives a share. */
function withoutIdleKinds(spec: ExperimentSpec, path: SpecPath): SpecValue {
  const value = readPath(spec, path);
  const { type } = fieldAt(path);
  if (type !== "ratio" && type !== "kindWeights") return value;
  const { ratio, ratioEnd } = spec.batch;
  const idle = BATCH_KINDS.filter(
    (kind) => KIND_SINCE[kind] > 1 && ratio[kind] === 0 && ratioEnd[kind] === 0,
  );
  return Object.fromEntries(Object.entries(value).filter(([kind]) => !idle.some((other) => other === kind)));
}
