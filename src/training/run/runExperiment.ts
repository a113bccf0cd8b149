// One run from spec to record, as a generator of events: training, evaluations, counts. Owns the model while it runs;
// never touches a page, a clock of its own or a file.
import type { Cadence } from "../../core/run/cadence.ts";
import type { RunControl } from "../../core/run/control.ts";
import { checkBranch } from "../../core/spec/lineage.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { keepQueryValues } from "../../core/stats/queryValues.ts";
import { onDevice } from "../engine/deviceFailure.ts";
import type { Model } from "../model/model.ts";
import { isBranchPoint } from "../snapshot/checkSnapshot.ts";
import { branchStart, ownState } from "./branchStart.ts";
import { closeRecord } from "./closeRecord.ts";
import { createEventQueue } from "./eventQueue.ts";
import { openKeeper } from "./keepSnapshot.ts";
import { evaluate } from "./measure.ts";
import { measureBranch, measureStart, restoreStart, type Start, type StartVectors } from "./measureStart.ts";
import type { PreparedRun } from "./prepareRun.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";
import type { RunState } from "../../core/record/runState.ts";
import { disposeSession, openSession, type Session, type SessionStart } from "./session.ts";
import { trainLoop, type LoopEnd, type TakenStep } from "./trainLoop.ts";

/** What outlives the run's events, for searching with its weights. */
export interface RunResources {
  readonly prepared: PreparedRun;
  readonly model: Model;
  readonly startVectors: StartVectors;
  /** The last step that was taken; undefined before the first one. */
  readonly lastStep: () => TakenStep | undefined;
}

type Keep = (resources: RunResources) => void;

export interface RunOptions extends SessionStart {
  /** How often a snapshot is kept, if the ports keep any. Left out: only when the run is paused or left. */
  readonly checkpointEvery?: Cadence;
}

/**
 * Trains and evaluates.
 *
 * Step s of a point = batches trained so far: step 0 is before training, and batch i's loss is at step i + 1.
 * @param keep receives the model once it exists; whoever keeps it disposes it, also after an error
 */
export function runExperiment(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  keep: Keep,
  options: RunOptions = {},
): AsyncGenerator<RunEvent, void> {
  const run = async (emit: Session["emit"]) => {
    if (options.parent) checkBranch(spec, options.parent);
    const start = await branchStart(options, { ports, control, emit, backend: spec.compute.backend });
    const left = (step: number) => emit({ type: "suspended", step, kept: false });
    if (start === "left") return left(0);
    const session = await openSession(spec, ports, control, start, emit);
    if (session === "left") return left(start.from?.state.step ?? 0);
    try {
      await runSession(session, keep, start);
    } finally {
      disposeSession(session);
    }
  };
  return createEventQueue<RunEvent>((emit) => onDevice(() => run(emit)));
}

async function runSession(session: Session, keep: Keep, options: RunOptions): Promise<void> {
  const { spec, parent, prepared, model, environment, emit } = session;
  const { from, checkpointEvery } = options;
  const begins = from !== undefined && parent !== undefined && isBranchPoint(from, parent);
  const state = from && !begins ? from.state : ownState(spec, options);
  const { before, vectors } = begins
    ? await measureBranch(session, state)
    : from
      ? await restore(session, state)
      : await measureStart(session, state);
  emit({ type: "progress", progress: { phase: "compile", done: 1, total: 1, unit: "parts" } });
  let lastStep: TakenStep | undefined;
  keep({ prepared, model, startVectors: vectors, lastStep: () => lastStep });
  const snapshots = openKeeper(session, checkpointEvery, from && !begins ? state.step : undefined);
  const end: LoopEnd = prepared.train
    ? await trainLoop(session, state, { before, snapshots, onStep: (step) => (lastStep = step) })
    : { reason: "completed", last: before ?? (await evaluate(session, prepared.full)) };
  if (end.reason === "suspended") {
    emit({ type: "suspended", step: state.step, kept: end.kept });
    return;
  }
  const { reason, last } = end;
  const values = keepQueryValues(prepared.full.set, last.perQuery);
  if (values) emit({ type: "queryValues", values });
  const stoppedAt = reason === "stopped" ? state.step : undefined;
  const record = closeRecord(spec, state, last.result, environment, { parent, stoppedAt });
  emit({ type: "finished", reason, record });
}

/** The points before are the snapshot's. */
function restore(session: Session, { step, points }: RunState): Promise<Start> {
  session.emit({ type: "restored", step, points: [...points] });
  return restoreStart(session);
}
