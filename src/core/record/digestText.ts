// The text whose sha256 is a run's digest: the spec and every result, nothing that depends on the clock.
import { canonicalJson } from "../data/canonicalJson.ts";
import { isTiming, type RunRecord } from "./runRecord.ts";

/** Two runs of one spec on one machine and backend give the same text. Numbers are written in full. */
export function digestText(record: Omit<RunRecord, "digest">): string {
  const { schema, spec, points, realised, final, environment } = record;
  return canonicalJson({
    schema,
    spec,
    data: environment.dataSha256,
    encoder: environment.encoderSha256,
    points: points.filter((point) => !isTiming(point)),
    realised,
    final,
  });
}
