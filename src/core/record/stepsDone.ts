// How far a run had come when its record was closed. Trains nothing.
import type { RunRecord } from "./runRecord.ts";

type Told = Pick<RunRecord, "stoppedAt" | "points">;

/**
 * Batches trained; 0 for an evaluation alone. Records that do not say where they were stopped have a point at their last
 * step: the evaluation that ended them.
 */
export function stepsDone({ stoppedAt, points }: Told): number {
  return stoppedAt ?? points.reduce((last, { step }) => Math.max(last, step), 0);
}

/** Whether it is a record of training, and not of an evaluation alone. */
export function hasTrained({ stoppedAt, points }: Told): boolean {
  return stoppedAt !== undefined || points.some(({ metric }) => metric.startsWith("loss/"));
}

/** The step at which training was stopped before its end; undefined for a whole run and for an evaluation alone. */
export function stopOf(record: Told & Pick<RunRecord, "spec">): number | undefined {
  const done = stepsDone(record);
  return hasTrained(record) && done < record.spec.steps ? done : undefined;
}
