// Whether two specs ask for the same experiment. Changes nothing.
import { formatValue } from "./fieldText.ts";
import { SPEC_PATHS } from "./fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

/** Whether two specs ask for the same experiment. */
export function equalSpecs(a: ExperimentSpec, b: ExperimentSpec): boolean {
  return a === b || SPEC_PATHS.every((path) => equalAt(path, a, b));
}

/** Order of languages is no difference, but it is kept in the link as the person chose it. */
export function equalAt(path: SpecPath, a: ExperimentSpec, b: ExperimentSpec): boolean {
  const sorted = (spec: ExperimentSpec) =>
    formatValue(path, readPath(spec, path)).split(",").sort().join(",");
  return sorted(a) === sorted(b);
}
