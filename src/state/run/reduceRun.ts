// What each event means for a run. Pure: time is an argument. A new kind of event fails to compile here.
import { handDrive } from "../../core/spec/linkDrive.ts";
import type { RunDetail } from "../../core/record/storedRun.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import { updateSummary } from "../../core/record/runSummary.ts";
import { visibleText } from "../../core/visibleText.ts";
import type { AboutRun } from "../../workers/protocol.ts";
import { detailOf, isGoing, type LiveRun, type PhaseProgress, type Run } from "./run.ts";

const MAX_NOTICES = 50; // a run that complains at every step must not fill the store

/**
 * The run after `event`, which must be its own (`event.runId === run.id`).
 *
 * A run that has ended stays ended: a late "state" cannot wake it. A late "finished" is taken, since it brings the
 * record of a run that was stopped by starting the next one.
 */
export function reduceRun(run: Run, event: AboutRun, nowMs: number): Run {
  const detail = (part: Partial<RunDetail>): Pick<Run, "detail"> => ({
    detail: { ...detailOf(run), ...part, state: "loaded" },
  });
  const live = (part: Partial<LiveRun>): Pick<Run, "live"> => ({ live: { ...liveOf(run), ...part } });
  switch (event.type) {
    case "state":
      return isGoing(run) ? { ...run, status: event.state } : run;
    case "device":
      return { ...run, device: event.device };
    case "progress": {
      const { phase, done } = event.progress;
      const { phases } = liveOf(run);
      return {
        ...run,
        ...live({ phases: { ...phases, [phase]: advance(phases[phase], event.progress, nowMs) } }),
        step: phase === "train" ? done : run.step,
      };
    }
    case "points":
      return {
        ...run,
        ...detail({ points: appendPoints(detailOf(run).points, event.points) }),
        summary: updateSummary(run.summary, event.points, run.parent?.step),
        step: event.points.reduce((last, point) => Math.max(last, point.step), run.step),
      };
    case "trunk":
      return { ...run, ...detail({ trunk: appendPoints(detailOf(run).trunk ?? NO_POINTS, event.points) }) };
    case "matrix": {
      const { step, matrix } = event;
      const measured = { step, matrix };
      const isFirst = step === (run.parent?.step ?? 0);
      return { ...run, ...detail({ matrix: measured, ...(isFirst && { matrixBefore: measured }) }) };
    }
    case "batch":
      return { ...run, ...live({ batch: event.batch }) };
    case "restored": {
      const { step, points } = event;
      const { matrixBefore, matrix, trunk, startValues } = detailOf(run);
      const last = matrix && matrix.step <= step ? matrix : matrixBefore;
      return {
        ...run,
        detail: {
          state: "loaded",
          points: appendPoints(NO_POINTS, points),
          ...(trunk && { trunk }),
          ...(matrixBefore && { matrixBefore }),
          ...(last && { matrix: last }),
          ...(startValues && { startValues }),
        },
        summary: updateSummary({}, points, run.parent?.step),
        step,
      };
    }
    case "snapshot":
      return { ...run, snapshotStep: event.step };
    case "notice":
      return withNotice(run, visibleText(event.message));
    case "startValues":
      return { ...run, startKey: event.key, ...detail({ startValues: event.values }) };
    case "queryValues":
      return { ...run, ...detail({ queryValues: event.values }) };
    case "finished": {
      const drive = handDrive(run.spec, event.record.trajectory);
      return {
        ...run,
        ...(drive.length > 0 && { trajectory: drive }),
        status: event.reason === "completed" ? "finished" : "stopped",
        ...live({ stopRequested: false }),
        ...detail({ record: event.record }),
        digest: event.record.digest,
        snapshotStep: undefined,
      };
    }
    case "failed":
      return { ...run, status: "failed", ...live({ stopRequested: false }), error: event.error };
    default:
      return event satisfies never;
  }
}

const withNotice = (run: Run, notice: string): Run =>
  run.notices.includes(notice) || run.notices.length >= MAX_NOTICES
    ? run
    : { ...run, notices: [...run.notices, notice] };

const liveOf = (run: Run): LiveRun => run.live ?? { phases: {}, stopRequested: false };

/** A phase that starts again (done went back, or the total changed) also starts its clock again. */
function advance(old: PhaseProgress | undefined, progress: RunProgress, nowMs: number): PhaseProgress {
  const { done, total, unit } = progress;
  const restarted = !old || done < old.done || (total !== old.total && old.total !== 0);
  return {
    done,
    total,
    unit,
    startedAt: restarted ? nowMs : old.startedAt,
    startedDone: restarted ? done : old.startedDone,
    updatedAt: nowMs,
  };
}
