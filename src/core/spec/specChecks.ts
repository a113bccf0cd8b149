// Whether two specs ask for the same experiment. Changes nothing.
import { formatValue } from "./fieldText.ts";
import { SPEC_PATHS } from "./fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

/** Whether two specs ask for the same experiment. */
export function equalSpecs(a: ExperimentSpec, b: ExperimentSpec): boolean {
  return a.seed === b.seed && equalButSeed(a, b);
}

/** Whether at most the seed is another one. */
export function equalButSeed(a: ExperimentSpec, b: ExperimentSpec): boolean {
  return a === b || spelled(a) === spelled(b);
}

/** Order of languages is no difference, but it is kept in the link as the person chose it. */
export function equalAt(path: SpecPath, a: ExperimentSpec, b: ExperimentSpec): boolean {
  return sorted(path, a) === sorted(path, b);
}

const sorted = (path: SpecPath, spec: ExperimentSpec): string =>
  formatValue(path, readPath(spec, path)).split(",").sort().join(",");

/** Specs never change: each is spelled once, however many runs it is held against. */
const texts = new WeakMap<ExperimentSpec, string>();

function spelled(spec: ExperimentSpec): string {
  const text =
    texts.get(spec) ??
    JSON.stringify(SPEC_PATHS.filter((path) => path !== "seed").map((path) => sorted(path, spec)));
  texts.set(spec, text);
  return text;
}
