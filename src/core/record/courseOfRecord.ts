// What a record's run trained, to be trained again. Reads no link.
import type { Course } from "../spec/course.ts";
import { handDrive } from "../spec/linkDrive.ts";
import type { RunRecord } from "./runRecord.ts";
import { stopOf } from "./stepsDone.ts";

type Told = Pick<RunRecord, "spec" | "parent" | "trajectory" | "stoppedAt" | "points">;

/** As its settings and a hand made it: what a rule decided follows from the spec, and is no part of it. */
export function courseOfRecord(record: Told): Course {
  const { spec, parent, trajectory } = record;
  const stopAt = stopOf(record);
  const drive = handDrive(spec, trajectory);
  return {
    spec,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(drive.length > 0 && { trajectory: drive }),
  };
}
