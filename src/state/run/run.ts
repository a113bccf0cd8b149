// What the page knows of one run. Holds data and pure derivations; changes happen in reduceRun.ts.
import type { DeviceReport } from "../../core/run/device.ts";
import type { Phase, RunProgress } from "../../core/run/progress.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { NO_POINTS, type PointColumns } from "../../core/series/pointColumns.ts";
import type { RunSummary } from "../../core/series/runSummary.ts";
import {
  type RunDetail,
  type RunStatus,
  type StepMatrix,
  type StoredRun,
  STORED_FORMAT,
} from "../../core/record/storedRun.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import type { BatchView } from "../../core/run/views.ts";
import type { WireError } from "../../workers/protocol.ts";

/** How far a phase is, and since when: rate = (done - startedDone) / (updatedAt - startedAt). Times in ms. */
export interface PhaseProgress extends Omit<RunProgress, "phase"> {
  readonly startedAt: number;
  readonly startedDone: number;
  readonly updatedAt: number;
}

export interface Run {
  readonly id: string;
  readonly name: string;
  readonly starred: boolean;
  readonly colour: number; // 0-7: --series-1 to --series-8
  readonly createdAt: number; // ms since 1970
  readonly spec: ExperimentSpec;
  readonly presetName: string;
  readonly status: RunStatus;
  readonly stopRequested: boolean; // the final evaluation is still to come
  readonly step: number; // training steps done
  readonly summary: RunSummary;
  readonly progress: Readonly<Partial<Record<Phase, PhaseProgress>>>;
  readonly notices: readonly string[];
  readonly device?: DeviceReport;
  readonly error?: WireError;
  /** "stored": the fields below are not read yet; "unreadable": they cannot be, `error` says why. */
  readonly detail: "loaded" | "stored" | "unreadable";
  readonly points: PointColumns;
  readonly record?: RunRecord;
  readonly queryValues?: QueryValues; // behind the record's final numbers
  readonly matrixBefore?: StepMatrix; // of step 0
  readonly matrix?: StepMatrix;
  readonly batch?: BatchView;
}

/** A run the worker still holds: it may be paused, resumed, stepped and stopped. */
export function isGoing(run: Pick<Run, "status">): boolean {
  return run.status === "preparing" || run.status === "running" || run.status === "paused";
}

export function newRun(init: Pick<Run, "id" | "name" | "colour" | "createdAt" | "spec" | "presetName">): Run {
  return {
    ...init,
    starred: false,
    status: "preparing",
    stopRequested: false,
    step: 0,
    summary: {},
    progress: {},
    notices: [],
    detail: "loaded",
    points: NO_POINTS,
  };
}

export function toStoredRun(run: Run): StoredRun {
  const { id, name, starred, colour, createdAt, spec, presetName, status, step, summary } = run;
  const { error, device } = run;
  return {
    format: STORED_FORMAT,
    id,
    name,
    starred,
    colour,
    createdAt,
    spec,
    presetName,
    status,
    step,
    summary,
    notices: [...run.notices],
    ...(error && { error: { kind: error.kind, name: error.name, message: error.message } }),
    ...(device && {
      device: {
        backend: device.backend,
        adapter: device.adapter,
        notes: [...device.notes],
        versions: device.versions,
      },
    }),
  };
}

/** A run from an earlier visit. What was going on then was cut off: its worker is gone. */
export function fromStoredRun({ format: _, ...stored }: StoredRun): Run {
  const status = isGoing(stored) ? "interrupted" : stored.status;
  return { ...stored, status, stopRequested: false, progress: {}, detail: "stored", points: NO_POINTS };
}

export function withDetail(run: Run, detail: RunDetail): Run {
  return { ...run, ...detail, detail: "loaded" };
}

/** A run that somebody else made and exported. */
export function fromRecord(
  init: Pick<Run, "id" | "name" | "colour" | "createdAt" | "presetName">,
  record: RunRecord,
  rest: Pick<Run, "points" | "summary" | "queryValues">,
): Run {
  const { backend, adapter, versions } = record.environment;
  const step = record.points.reduce((last, point) => Math.max(last, point.step), 0);
  return {
    ...newRun({ ...init, spec: record.spec }),
    ...rest,
    status: step < record.spec.steps ? "stopped" : "finished",
    step,
    device: { backend, adapter, versions, notes: [] },
    record,
    matrix: { step, matrix: record.final.matrix },
  };
}
