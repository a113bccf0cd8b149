// Whether a spec can be trained, and whether two ask for the same experiment. Changes nothing.
import { SpecError } from "../inputError.ts";
import { formatValue } from "./fieldText.ts";
import { SPEC_PATHS } from "./fields.ts";
import { checkConsistency } from "./resolve.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

/** Whether two specs ask for the same experiment. */
export function equalSpecs(a: ExperimentSpec, b: ExperimentSpec): boolean {
  return a === b || SPEC_PATHS.every((path) => equalAt(path, a, b));
}

/** The sentence why this spec cannot be trained, or undefined if it can. */
export function contradictionOf(spec: ExperimentSpec): string | undefined {
  try {
    checkConsistency(spec);
    return undefined;
  } catch (error) {
    if (error instanceof SpecError) return error.message;
    throw error;
  }
}

/** Order of languages is no difference, but it is kept in the link as the person chose it. */
export function equalAt(path: SpecPath, a: ExperimentSpec, b: ExperimentSpec): boolean {
  const sorted = (spec: ExperimentSpec) =>
    formatValue(path, readPath(spec, path)).split(",").sort().join(",");
  return sorted(a) === sorted(b);
}
