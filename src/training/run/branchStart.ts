// Where a branch begins: at a snapshot of its parent, or after its parent's steps have been trained again.
import { branchDigest } from "../../core/record/branchDigest.ts";
import { newRunState, type RunState } from "../../core/record/runState.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import type { BackendChoice } from "../../core/spec/backend.ts";
import { checkpointTensors } from "../model/checkpointTensors.ts";
import { isBranchPoint } from "../snapshot/checkSnapshot.ts";
import type { Snapshot } from "../snapshot/snapshotFile.ts";
import { ownTrajectory } from "../../core/spec/decision.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { beginRules } from "./decide.ts";
import { measure } from "./measure.ts";
import { measureStart } from "./measureStart.ts";
import type { RunPorts } from "./runPorts.ts";
import { disposeSession, openSession, type Session, type SessionStart } from "./session.ts";
import { trainLoop } from "./trainLoop.ts";

interface Means {
  readonly ports: RunPorts;
  readonly control: RunControl;
  readonly emit: Session["emit"];
  /** The branch's: a parent that leaves the choice open is trained on the same. */
  readonly backend: BackendChoice;
}

/**
 * The options with the snapshot that the run goes on or branches from, and with a parent whose digests are whole.
 * @returns "left" where the run was stopped or left before its own first step
 */
export async function branchStart<O extends SessionStart>(options: O, means: Means): Promise<O | "left"> {
  const { parent, from } = options;
  if (!parent || (from && !isBranchPoint(from, parent))) return options;
  if (from) means.emit({ type: "trunk", points: [...from.state.points] });
  const snapshot = from ?? (await trainParent(parent, means));
  if (snapshot === "left") return "left";
  const digest = branchDigest(snapshot.state.points, parent.step);
  if (!digest.startsWith(parent.digest)) {
    means.emit({
      type: "notice",
      message: `The parent’s first ${parent.step} steps gave other numbers here than where it was branched off.`,
    });
  }
  const { spec, step } = parent;
  const trajectory = ownTrajectory(snapshot.state.trajectory, snapshot.parent?.step ?? 0, step);
  const whole: Parent = {
    spec,
    step,
    digest,
    ...(trajectory.length > 0 && { trajectory }),
    ...(snapshot.parent && { parent: snapshot.parent }),
  };
  return { ...options, from: snapshot, parent: whole };
}

/** Trains a run up to a step, quietly: its points are its own, not those of its branch. */
async function trainParent(
  { spec, step, trajectory, parent }: Parent,
  { ports, control, emit, backend: wanted }: Means,
): Promise<Snapshot | "left"> {
  const quiet: Session["emit"] = (event) => {
    if (event.type === "notice") emit(event);
    else if (event.type === "points") emit({ type: "trunk", points: event.points });
    else if (event.type === "progress") {
      const { progress } = event;
      const own =
        progress.phase === "train" ? ({ ...progress, phase: "parent", total: step } as const) : progress;
      emit({ type: "progress", progress: own });
    }
  };
  const { snapshots: _, ...unkept } = ports;
  const asked: SessionStart = { stopAt: step, ...(trajectory && { trajectory }), ...(parent && { parent }) };
  const backend = spec.compute.backend === "auto" ? wanted : spec.compute.backend;
  const start = await branchStart(asked, { ports: unkept, control, emit, backend });
  if (start === "left") return "left";
  const state = ownState(spec, start);
  const until: RunControl = {
    gate: () => control.gate(),
    trainGate: () => control.trainGate(),
    stopped: false, // what is stopped here has no step of its own: nothing is worth measuring
    get suspended() {
      return control.stopped || control.suspended === true || state.step >= step;
    },
    get paused() {
      return control.paused;
    },
  };
  const here = { ...spec, compute: { ...spec.compute, backend } };
  const session = await openSession(here, unkept, until, start, quiet);
  if (session === "left") return "left";
  try {
    if (start.from) await measure(session, state, session.prepared.full);
    else await measureStart(session, state);
    await trainLoop(session, state, {});
    if (state.step < step) return "left";
    const { environment, prepared, model } = session;
    const tensors = checkpointTensors(await model.checkpoint());
    const { pieceIds } = prepared.vocabulary;
    return { spec, ...(start.parent && { parent: start.parent }), environment, state, pieceIds, tensors };
  } finally {
    disposeSession(session);
    session.model.dispose();
  }
}

/**
 * Before a run's own first step: own points, counts and rules begin. Of a branch the decisions before it stay, for its plan is
 * drawn from the origin.
 */
export function ownState(spec: ExperimentSpec, { from, trajectory }: SessionStart): RunState {
  const step = from?.state.step ?? 0;
  const before = ownTrajectory(from?.state.trajectory ?? [], 0, step);
  const rules = beginRules(spec, step, trajectory);
  return {
    ...newRunState(),
    step,
    trajectory: [...before, ...(trajectory ?? [])],
    ...(rules && { rules }),
  };
}
