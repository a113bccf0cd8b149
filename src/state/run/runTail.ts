// What a run told after it was last written whole, put back behind it. Reads no storage.
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { stopOf } from "../../core/record/stepsDone.ts";
import { parseStoredTail, type RunDetail, type RunTail } from "../../core/record/storedRun.ts";
import { toldByRecord, type Run } from "./run.ts";

/** The parts in their order; one that is broken is left out, with those behind it. */
export function readTail(values: readonly unknown[]): RunTail[] {
  const parts: RunTail[] = [];
  try {
    for (const value of values) parts.push(parseStoredTail(value, "stored points"));
  } catch {
    // A hole would be taken for what was measured.
  }
  return parts;
}

/** The run as it was when the last part was told: its row may be of its start. */
export function runWithTail(run: Run, tail: readonly RunTail[]): Run {
  return tail.reduce(
    (now, { points, record, told }) => ({
      ...now,
      summary: updateSummary(now.summary, points, run.parent?.step),
      step: points.reduce((last, { step }) => Math.max(last, step), now.step),
      ...(record && {
        ...toldByRecord(record),
        ...(now.device && { device: now.device }), // with its notes
        ...told,
        status: stopOf(record) === undefined ? "finished" : "stopped",
      }),
    }),
    run,
  );
}

/** @param first the step at which the run began: 0, or where it branched off */
export function detailWithTail(detail: RunDetail, tail: readonly RunTail[], first = 0): RunDetail {
  return tail.reduce<RunDetail>(
    (now, { points, matrix, record, queryValues }) => ({
      ...now,
      points: record ? appendPoints(NO_POINTS, record.points) : appendPoints(now.points, points),
      ...(record && { record }),
      ...(queryValues && { queryValues }),
      ...(matrix && { matrix, ...(matrix.step === first && { matrixBefore: matrix }) }),
    }),
    detail,
  );
}
