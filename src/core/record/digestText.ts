// The text whose sha256 is a run's digest: the spec and every result, nothing that depends on the clock.
import type { Age } from "../age.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import type { Trajectory } from "../spec/decision.ts";
import { digestedSpec, digestedTrajectory } from "../spec/fieldAge.ts";
import { writtenFinal } from "./finalForm.ts";
import type { Parent } from "../spec/lineage.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { asOfAge, digestAge } from "./recordAge.ts";
import { isTiming, type RunRecord } from "./runRecord.ts";

/** Its specs as a digest covers them. */
function digestedParent({ spec, parent, trajectory, ...own }: Parent): object {
  return {
    ...own,
    ...digestedCourse(spec, trajectory),
    ...(parent && { parent: digestedParent(parent) }),
  };
}

const digestedCourse = (spec: ExperimentSpec, trajectory: Trajectory | undefined) => ({
  spec: digestedSpec(spec, trajectory),
  ...(trajectory && { trajectory: digestedTrajectory(spec, trajectory) }),
});

/**
 * Two runs of one spec on one machine and backend give the same text. Numbers are written in full.
 * @param age of the lab whose digest it is: what came later is left out
 */
export function digestText(record: Omit<RunRecord, "digest">, age: Age = digestAge(record)): string {
  const {
    schema,
    spec,
    parent,
    stoppedAt,
    trajectory,
    engine,
    points,
    realised,
    environment,
    final: all,
  } = asOfAge(record, age);
  const { skippedPairs: _, ...final } = writtenFinal(all); // follows from the data, and older records lack it
  return canonicalJson({
    schema,
    ...digestedCourse(spec, trajectory),
    ...(parent && { parent: digestedParent(parent) }),
    ...(stoppedAt !== undefined && { stoppedAt }),
    ...(engine && { engine }),
    data: environment.dataSha256,
    encoder: environment.encoderSha256,
    ...(environment.teacherSha256 !== undefined && { teacher: environment.teacherSha256 }),
    points: points.filter((point) => !isTiming(point)),
    realised,
    final,
  });
}
