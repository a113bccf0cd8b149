// How a result came about, as a link says it: from a record, or from what a study keeps of one. Compares nothing.
import { deviceSlug, labSlug, SHORT_DIGITS, TOLERANCE_CLASS, type ExpectedMade } from "../spec/linkMade.ts";
import { evalTarget } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { arithmeticOf } from "./maker.ts";
import type { RunParts } from "./parts.ts";
import type { Environment } from "./runRecord.ts";

/** What made a result and of what. */
export type Origin = Pick<
  Environment,
  "adapter" | "versions" | "arithmetic" | "dataSha256" | "encoderSha256"
> &
  Partial<Pick<Environment, "tokenizerSha256" | "teacherSha256">>;

/** The sets that a run reads: of training, and of the evaluation where that is another. */
export const datasetsOf = (spec: ExperimentSpec): string[] => [
  ...new Set([spec.data.train, evalTarget(spec).datasetId]),
];

export const short = (sha: string): string => sha.slice(0, SHORT_DIGITS);

/** @returns undefined where a set of the spec has no hash: of a run that evaluated only */
export function expectedMade(
  spec: ExperimentSpec,
  origin: Origin,
  parts: RunParts,
): ExpectedMade | undefined {
  const { adapter, versions, dataSha256, encoderSha256, tokenizerSha256, teacherSha256 } = origin;
  const data = datasetsOf(spec).map((id) => dataSha256[id]);
  if (!data.every((sha) => sha !== undefined)) return undefined;
  return {
    lab: labSlug(versions["lab"] ?? ""),
    arithmetic: arithmeticOf(origin),
    device: deviceSlug(adapter),
    data: data.map(short),
    encoder: short(encoderSha256),
    ...(tokenizerSha256 !== undefined && { tokenizer: short(tokenizerSha256) }),
    ...(teacherSha256 !== undefined && { teacher: short(teacherSha256) }),
    ...parts,
    tolerance: TOLERANCE_CLASS,
  };
}
