// The first field in which two specs differ, for a sentence about it.
import { formatValue } from "./fieldText.ts";
import { SPEC_PATHS } from "./fields.ts";
import { readPath, type ExperimentSpec, type SpecPath } from "./spec.ts";

/** Of the fields in the order of the table; values as in links. */
export function differingField(
  was: ExperimentSpec,
  is: ExperimentSpec,
): { readonly path: SpecPath; readonly was: string; readonly is: string } | undefined {
  for (const path of SPEC_PATHS) {
    const [before, now] = [was, is].map((spec) => formatValue(path, readPath(spec, path)));
    if (before !== now) return { path, was: before!, is: now! };
  }
  return undefined;
}
