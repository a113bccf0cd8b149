// A spec from JSON of unknown origin (a file, a stored record, a message). Strict where a link is forgiving.
import { SpecError } from "../inputError.ts";
import { checkValue, refusalText } from "./checkValue.ts";
import { absentFields } from "./fieldAge.ts";
import { specPath } from "./fields.ts";
import { DEFAULT_PRESET, findPreset, PRESETS } from "./presets.ts";
import { withChanges, type ExperimentSpec, type SpecChanges, type SpecPath, type SpecValue } from "./spec.ts";
import { unknownField } from "./unknownField.ts";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A whole or partial spec over a preset: {"preset": "hybrid", "batch": {"size": 32}, "steps": 50}.
 * @throws SpecError naming the first field that is unknown, out of bounds or of the wrong type
 */
export function parseSpec(value: unknown, where = "spec"): ExperimentSpec {
  return specOver({}, value, where);
}

function specOver(absent: SpecChanges, value: unknown, where: string): ExperimentSpec {
  if (!isObject(value))
    throw new SpecError(`${where} must be a JSON object with fields such as steps and batch.ratio`);
  const { preset: name = DEFAULT_PRESET.name, ...groups } = value;
  const preset = typeof name === "string" ? findPreset(name) : undefined;
  if (!preset) {
    throw new SpecError(
      `${where}: preset must be one of ${PRESETS.map((p) => p.name).join(", ")}, got ${JSON.stringify(name)}`,
    );
  }
  return withChanges(preset.spec, { ...absent, ...parseChanges(groups, where) });
}

/**
 * Fields by path or in their groups, each once: {"batch": {"size": 32}, "optimizer.warmup": 5}.
 * @throws SpecError as `parseSpec` does
 */
export function parseChanges(value: Readonly<Record<string, unknown>>, where: string): SpecChanges {
  const changes: Partial<Record<SpecPath, SpecValue>> = {};
  for (const [name, field] of Object.entries(value).flatMap(flatten)) {
    const path = specPath(name);
    if (!path) throw new SpecError(`${where}: ${unknownField(name)}`);
    const checked = checkValue(path, field);
    if (!("value" in checked) || checked.problem)
      throw new SpecError(`${where}: ${refusalText(checked.problem!.message)}`);
    if (path in changes) throw new SpecError(`${where}: ${path} is there twice; say it once`);
    changes[path] = checked.value;
  }
  return changes;
}

/**
 * The spec of a record or of a stored run, which a lab of any age wrote whole: a field that it lacks came later, and means
 * what labs did without it.
 * @throws SpecError as `parseSpec` does
 */
export function parseWrittenSpec(value: unknown, where: string): ExperimentSpec {
  return specOver(absentFields(), value, where);
}

function flatten([group, inner]: [string, unknown]): [string, unknown][] {
  if (specPath(group) || !isObject(inner)) return [[group, inner]];
  return Object.entries(inner).map(([name, field]) => [`${group}.${name}`, field]);
}
