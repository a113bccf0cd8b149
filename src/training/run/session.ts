// All that stays the same while a run goes on: built once from a spec, before the first evaluation.
import { ARITHMETIC } from "../../core/arithmetic.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import type { Trajectory } from "../../core/spec/decision.ts";
import { beforeWords, inputReasons } from "../../core/record/againReasons.ts";
import { makerName } from "../../core/record/maker.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { Environment } from "../../core/record/runRecord.ts";
import type { ExpectedMade } from "../../core/spec/linkMade.ts";
import type { Parent } from "../../core/spec/lineage.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { checkpointOf } from "../model/checkpointTensors.ts";
import { createModel, type Model } from "../model/model.ts";
import { branchTensors } from "../snapshot/branchTensors.ts";
import { checkContents, checkDevice, isBranchPoint } from "../snapshot/checkSnapshot.ts";
import type { Snapshot } from "../snapshot/snapshotFile.ts";
import { openTeacher, readTeacher, type Teacher } from "../teacher/openTeacher.ts";
import { createEarlyMeasure, isAtHand, type EarlyStart } from "./earlyStart.ts";
import { prepareRun, type PreparedRun } from "./prepareRun.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";

/** Batches that are drawn between two looks at the lever: half a millisecond each. */
export const DRAWN_AT_ONCE = 64;

export interface Session {
  readonly spec: ExperimentSpec;
  readonly parent: Parent | undefined; // of a branch
  readonly stopAt: number | undefined; // the step at which the run stops as if by hand
  readonly ports: RunPorts;
  readonly control: RunControl;
  readonly prepared: PreparedRun;
  readonly model: Model; // of whoever keeps it, also after an error
  readonly teacher: Teacher | undefined; // the session's: `disposeSession`
  readonly environment: Environment;
  readonly early: EarlyStart | undefined; // the evaluation before training, where it is done
  readonly emit: (event: RunEvent) => void;
}

export interface SessionStart {
  /** False: only the starting weights are evaluated. */
  readonly training?: boolean;
  /** Where the run goes on: it ends with the digest of one that was never disturbed. Of a branch also where it begins. */
  readonly from?: Snapshot;
  /** The run that this one branches off. Without a snapshot of that step its steps are trained again first. */
  readonly parent?: Parent;
  /** The step at which the run stops as if by hand; left out: that of the snapshot, if it has one. */
  readonly stopAt?: number;
  /** What was decided of this run before: followed, where it says something, in place of the rules. */
  readonly trajectory?: Trajectory;
  /** Of a result that this run is held against: what goes into it and is not the same is said before it trains. */
  readonly promised?: ExpectedMade;
  /** Rejects before the first evaluation where what is to be made of the run's end could not be. */
  accept?(prepared: PreparedRun): Promise<void>;
}

/**
 * Starts the device, loads data and encoder, lets the teacher read and makes the model.
 * @returns "left" where the run was stopped or left while the teacher read
 * @throws SpecError in one sentence if the snapshot is of another run, device, dataset or encoder
 */
export async function openSession(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  start: SessionStart,
  emit: Session["emit"],
): Promise<Session | "left"> {
  const { training = true, from } = start;
  const begins = start.parent !== undefined && from !== undefined && isBranchPoint(from, start.parent);
  const parent = from && !begins ? from.parent : start.parent; // that of a link has no whole digest
  const stopAt = start.stopAt ?? (begins ? undefined : from?.stopAt);
  const tellProgress = (progress: RunProgress) => emit({ type: "progress", progress });
  // The backend that ran is asked for again: "auto" may choose another one by now.
  const device = await ports.startDevice(from && !begins ? from.environment.backend : spec.compute.backend);
  emit({ type: "device", device });
  const maker = {
    backend: device.backend,
    adapter: device.adapter,
    versions: { ...ports.versions, ...device.versions },
    arithmetic: ARITHMETIC,
  };
  if (from && !begins) checkDevice(from, maker, { spec, parent: start.parent ?? from.parent });
  const taught = training ? await readTeacher(spec, ports, tellProgress) : undefined;
  const followed = [...(from?.state.trajectory ?? []), ...(start.trajectory ?? [])];
  const isWhole = training && !taught && !from && !start.parent && !start.accept;
  const early =
    isWhole && isAtHand(spec.encoder.id) ? createEarlyMeasure(spec, ports, control, emit) : undefined;
  const prepared = await prepareRun(spec, ports, { training, parent, followed, early }, tellProgress);
  await start.accept?.(prepared);
  for (const { notices } of new Set([prepared.test, prepared.train ?? prepared.test, prepared])) {
    for (const message of notices) emit({ type: "notice", message });
  }
  const measured = await early?.result();
  tellProgress({ phase: "compile", done: 0, total: 1, unit: "parts" });
  const teacher = await openTeacher(spec, taught, ports, prepared, tellProgress);
  for (const message of teacher?.notices ?? []) emit({ type: "notice", message });
  try {
    const environment: Environment = {
      ...maker,
      dataSha256: prepared.dataSha256,
      encoderSha256: prepared.encoderSha256,
      tokenizerSha256: prepared.texts.tokenizer.sha256,
      ...(teacher && { teacherSha256: teacher.sha256 }),
    };
    for (const reason of start.promised ? inputReasons(start.promised, spec, environment) : [])
      emit({ type: "notice", message: beforeWords(reason) });
    const { vocabulary } = prepared;
    if (from) checkContents(from, environment, begins ? undefined : vocabulary.pieceIds);
    // Before the model is on the device: its moments then take the place of the teacher's weights.
    const read = await teacher?.read(ownBatches(spec, prepared, control, { ...start, stopAt }), {
      control,
      nowMs: ports.nowMs,
      notice: (message) => emit({ type: "notice", message }),
      shelf: await ports.vectors,
      maker: makerName(maker),
    });
    if (read === "left") {
      teacher?.dispose();
      return "left";
    }
    const weights = await prepared.weights();
    const tensors = from && (begins ? branchTensors(from, weights, vocabulary.pieceIds) : from.tensors);
    const model = createModel(tensors ? checkpointOf(tensors, from.state.step, weights.config) : weights);
    prepared.onDevice(weights);
    const given = { spec, parent, stopAt, ports, control, emit };
    return { ...given, prepared, model, teacher, environment, early: measured };
  } catch (error) {
    teacher?.dispose();
    throw error;
  }
}

/** The batches that the session may train. */
async function* ownBatches(
  spec: ExperimentSpec,
  prepared: PreparedRun,
  control: RunControl,
  {
    from,
    trajectory = [],
    stopAt = spec.steps,
  }: Pick<SessionStart, "from" | "trajectory"> & { readonly stopAt: number | undefined },
): AsyncGenerator<Batch> {
  let drawn = 0;
  for (const batch of prepared.plan(followTrajectory([...(from?.state.trajectory ?? []), ...trajectory]))) {
    if (drawn++ % DRAWN_AT_ONCE === 0) await control.gate();
    if (batch.step >= stopAt) return;
    if (batch.step >= (from?.state.step ?? 0)) yield batch;
  }
}

/** Lets go of everything but the model, which answers searches after its run. */
export function disposeSession({ teacher }: Session): void {
  teacher?.dispose();
}
