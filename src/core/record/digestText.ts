// The text whose sha256 is a run's digest: the spec and every result, nothing that depends on the clock.
import { canonicalJson } from "../data/canonicalJson.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { isTiming, type RunRecord } from "./runRecord.ts";

/** Without a teacher its fields say nothing, and a digest is what it was before there were any (version 0.1). */
function withoutIdleFields(spec: ExperimentSpec): object {
  if (spec.loss.distillation !== "off") return spec;
  const { temperature, weights } = spec.loss;
  return { ...spec, loss: { temperature, weights } };
}

/** Two runs of one spec on one machine and backend give the same text. Numbers are written in full. */
export function digestText(record: Omit<RunRecord, "digest">): string {
  const { schema, spec, points, realised, environment } = record;
  const { skippedPairs: _, ...final } = record.final; // follows from the data, and older records lack it
  return canonicalJson({
    schema,
    spec: withoutIdleFields(spec),
    data: environment.dataSha256,
    encoder: environment.encoderSha256,
    ...(environment.teacherSha256 !== undefined && { teacher: environment.teacherSha256 }),
    points: points.filter((point) => !isTiming(point)),
    realised,
    final,
  });
}
