// On which test a run is measured: numbers of different tests do not compare. Knows no record; see also record/sameTest.ts.
import { counted } from "../counted.ts";
import { groupBy } from "../groupBy.ts";
import { evalLanguages, evalTarget, partName } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

const keys = new WeakMap<ExperimentSpec, string>();

/** The same for two specs whose final evaluations ask the same questions in the same pools: data, part of it, languages. */
export function testKey(spec: ExperimentSpec): string {
  const { datasetId, split } = evalTarget(spec);
  const key = keys.get(spec) ?? [datasetId, split, ...evalLanguages(spec)].join("\n");
  keys.set(spec, key);
  return key;
}

/** "cldr-emoji, test, 11 languages" */
export function testText(spec: ExperimentSpec): string {
  const { datasetId } = evalTarget(spec);
  const languages = evalLanguages(spec);
  return `${datasetId}, ${partName(spec)}, ${languages.length > 3 ? counted(languages.length, "language") : languages.join(" ")}`;
}

/** Those of one test beside each other, in the order in which the tests first come. */
export const byTest = <R extends { readonly spec: ExperimentSpec }>(runs: readonly R[]): R[][] => [
  ...groupBy(runs, ({ spec }) => testKey(spec)).values(),
];
