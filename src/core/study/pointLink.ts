// One run of a study as a link that trains it again, with what it gave. Decides nothing of links themselves.
import { expectedMade } from "../record/expectedMade.ts";
import { PROMISED } from "../record/expectedResult.ts";
import { namedMaker } from "../record/maker.ts";
import { encodeLink, type ExpectedResult } from "../spec/link.ts";
import { DEFAULT_PRESET } from "../spec/presets.ts";
import { withChanges, type ExperimentSpec } from "../spec/spec.ts";
import { cellNamed, type Study } from "./study.ts";
import { cellSpec } from "./studyRuns.ts";
import type { CellRun } from "./studyResult.ts";

/** @returns the hash of a link, without "#"; without numbers to check where the run lacks one of them */
export function pointLink(study: Study, run: CellRun): string {
  const spec = pointSpec(study, run);
  const expected = pointResult(spec, run);
  return encodeLink(spec, DEFAULT_PRESET, expected ? { expected } : {});
}

/** What it trained: that of its cell, and what the runs said that it waited for. */
export const pointSpec = (study: Study, { cell, seed, fed = {} }: CellRun): ExperimentSpec =>
  withChanges(cellSpec(study, cellNamed(study, cell), seed), fed);

/** What the study recorded of the run, for one made again to be held against. */
export function pointResult(spec: ExperimentSpec, run: CellRun): ExpectedResult | undefined {
  const { digest, end, made, parts } = run;
  const maker = namedMaker(run.device);
  const [mono, cross, multi, rankDistance] = PROMISED.map((path) => end.values[path]);
  const isWhole =
    typeof mono === "number" &&
    typeof cross === "number" &&
    typeof multi === "number" &&
    typeof rankDistance === "number";
  if (!isWhole || !maker) return undefined;
  const { backend, ...device } = maker;
  const origin = made && {
    ...device,
    versions: { lab: made.lab },
    dataSha256: made.data,
    encoderSha256: made.encoder,
    ...(made.tokenizer !== undefined && { tokenizerSha256: made.tokenizer }),
    ...(made.teacher !== undefined && { teacherSha256: made.teacher }),
  };
  const whole = origin && parts && expectedMade(spec, origin, parts);
  return {
    digest: digest.slice(0, 16),
    backend,
    map: { mono, cross, multi },
    rankDistance,
    ...(whole && { made: whole }),
  };
}
