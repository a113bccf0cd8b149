// One run from spec to record, as a generator of events: training, evaluations, counts. Owns the model while it runs;
// never touches a page, a clock of its own or a file.
import type { RunControl } from "../../core/run/control.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { keepQueryValues } from "../../core/stats/queryValues.ts";
import { onDevice } from "../engine/deviceFailure.ts";
import type { Model } from "../model/model.ts";
import { closeRecord } from "./closeRecord.ts";
import { createEventQueue } from "./eventQueue.ts";
import { measure } from "./measure.ts";
import type { PreparedRun } from "./prepareRun.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";
import { newRunState } from "./runState.ts";
import { disposeSession, openSession, type Session } from "./session.ts";
import { trainLoop } from "./trainLoop.ts";

/** What outlives the run's events, for searching with its weights. */
export interface RunResources {
  readonly prepared: PreparedRun;
  readonly model: Model;
  /** (N, D) by the starting weights; undefined where the pool is too large to hold. */
  readonly passageVectorsBefore: Float32Array | undefined;
}

type Keep = (resources: RunResources) => void;

export interface RunOptions {
  /** False: only the starting weights are evaluated. */
  readonly training?: boolean;
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
  { training = true }: RunOptions = {},
): AsyncGenerator<RunEvent, void> {
  const run = async (emit: Session["emit"]) => {
    const session = await openSession(spec, ports, control, training, emit);
    try {
      await runSession(session, keep);
    } finally {
      disposeSession(session);
    }
  };
  return createEventQueue<RunEvent>((emit) => onDevice(() => run(emit)));
}

async function runSession(session: Session, keep: Keep): Promise<void> {
  const { spec, prepared, model, teacher, environment, emit } = session;
  const state = newRunState();
  const before = await measure(session, state, prepared.full);
  if (teacher && !before.passageVectors) {
    const message = "The pool is too large to hold its vectors: agreement with the teacher is not measured";
    emit({ type: "notice", message });
  }
  emit({ type: "progress", progress: { phase: "compile", done: 1, total: 1, unit: "parts" } });
  keep({ prepared, model, passageVectorsBefore: before.passageVectors });
  const training = prepared.train !== undefined;
  const last = training ? await trainLoop(session, state, before) : before;
  const values = keepQueryValues(prepared.full.set, last.perQuery);
  if (values) emit({ type: "queryValues", values });
  const reason = training && state.step < spec.steps ? "stopped" : "completed";
  emit({ type: "finished", reason, record: closeRecord(spec, state, last.result, environment) });
}
