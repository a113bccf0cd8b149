// The loop of a run: batch by batch along the plan, losses read back now and then, evaluations when they are due.
import { followTrajectory, followWeights } from "../../core/plan/trajectory.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunState } from "../../core/record/runState.ts";
import { weightRule } from "../../core/spec/ruleFacts.ts";
import { letGo } from "../../core/letGo.ts";
import type { Evaluated } from "../evaluate/evaluateModel.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";
import type { StepHandle } from "../model/model.ts";
import type { SnapshotKeeper } from "../snapshot/snapshotKeeper.ts";
import { awaitsLosses, decide } from "./decide.ts";
import { feedBatches, firstUndrawn, type FedBatch } from "./feedBatches.ts";
import { takeWish } from "./handWish.ts";
import { learningRateAt } from "./learningRateAt.ts";
import { distillationPoint, lossPoints } from "./lossPoints.ts";
import { evaluate, measureUnlessLeft, tell } from "./measure.ts";
import { movedKinds, movePoints } from "./movePoints.ts";
import { countBatch, takeRatioPoints } from "./runCounts.ts";
import { DRAWN_AT_ONCE, type Session } from "./session.ts";
import { keepSnapshot } from "./keepSnapshot.ts";

/** Losses stay on the device for at most this many steps, or for about a second: reading back waits for the GPU. */
const STEPS_PER_READ = 10;
const SECONDS_PER_READ = 1;

/** A step as it was taken, for whoever wants to see what its loss saw. */
export interface TakenStep extends FedBatch {
  readonly handle: StepHandle;
  readonly temperature: number;
}

export interface LoopOptions {
  /** Told of each step once it is taken. */
  readonly onStep?: (step: TakenStep) => void;
  /** The evaluation over everything at `state.step`, where it is at hand. */
  readonly before?: Evaluated | undefined;
  readonly snapshots?: SnapshotKeeper | undefined;
}

/** What is kept of an evaluation. */
type Measured = Omit<Evaluated, "passageVectors">;

export type LoopEnd =
  | { readonly reason: "completed" | "stopped"; readonly last: Measured } // the evaluation over everything
  | { readonly reason: "suspended"; readonly kept: boolean };

/** Trains from `state.step` to the spec's last step, or until the run is stopped or left, and measures what it ends with. */
export async function trainLoop(session: Session, state: RunState, options: LoopOptions): Promise<LoopEnd> {
  const { spec, prepared, control, emit } = session;
  const train = prepared.train!; // a session that trains has one
  const steps = createStepper(session, state, options.onStep);
  const { snapshots } = options;
  const keep = async () => {
    await steps.readLosses();
    return snapshots !== undefined && (await keepSnapshot(session, state, snapshots));
  };
  let full: Measured | undefined = options.before; // at `state.measured`
  const since = session.parent?.step ?? 0;
  const isDue = () => spec.evalEvery > 0 && state.step % spec.evalEvery === 0 && state.step < spec.steps;
  /** What was drawn since the last ones. A trajectory that is followed knows kinds of later hands; a hand's own run did not. */
  const ratioPoints = () => {
    const known = state.trajectory.filter(({ step }) => step < firstUndrawn(state.step));
    return takeRatioPoints(state.counts, movedKinds(spec, known), state.step);
  };
  /** Of a run that is left meanwhile nothing is told: it is measured when the run goes on. */
  const look = async (task: EvalTask) => {
    const { recent } = state.counts;
    const nPoints = state.points.length;
    tell(session, state, ratioPoints());
    const found = await measureUnlessLeft(session, state, task);
    if (found === "left") {
      state.points.length = nPoints;
      state.counts.recent = recent;
      return found;
    }
    const { passageVectors, ...done } = found;
    if (passageVectors) letGo(passageVectors); // Try it asks for those of the model as it then is
    if (task === prepared.full) full = done;
    return done;
  };
  /** All that is due between two batches; asked again of a run that goes on, it does what was left. */
  const settle = async () => {
    const due = state.step > 0 && isDue() && !isMeasured(state);
    if (due || steps.areMany || awaitsLosses(spec, state)) await steps.readLosses();
    if (due && (await look(prepared.live)) === "left") return "left";
    decide(spec, state, firstUndrawn(state.step), since);
    takeWish(session, state);
    const moved = movePoints(spec, state, since);
    if (moved.length > 0 && !hasPoints(state, moved)) {
      await steps.readLosses(); // points keep one order, whoever decided
      tell(session, state, moved);
    }
    return "done";
  };
  if ((await settle()) === "left") return { reason: "suspended", kept: await keep() };
  let wasPaused = false;
  const plan = await planFrom(session, state);
  const weights = followWeights(state.trajectory);
  const weightsAt = (step: number) => weights(spec, step, since);
  for await (const fed of feedBatches(plan, train, prepared.vocabulary, weightsAt)) {
    await control.gate(); // a pause that comes in here is seen at once
    if (control.paused) await (wasPaused ? steps.readLosses() : keep()); // not at every step taken by hand
    wasPaused = control.paused;
    await control.trainGate();
    if (control.suspended) return { reason: "suspended", kept: await keep() };
    if (control.stopped || state.step === session.stopAt) break;
    emit({ type: "batch", batch: fed.batch });
    await steps.train(fed);
    countBatch(state.counts, fed.batch, train.corpus);
    state.step = fed.batch.step + 1;
    const { step } = state;
    emit({ type: "progress", progress: { phase: "train", done: step, total: spec.steps, unit: "steps" } });
    if ((await settle()) === "left") return { reason: "suspended", kept: await keep() };
    if (control.takeSnapshotWish?.() === true || snapshots?.isDue(step)) await keep();
  }
  await steps.readLosses();
  const isTold = state.measured === state.step; // stopped right after an evaluation, or before the first step
  const reason = state.step < spec.steps ? "stopped" : "completed";
  if (!isTold) {
    const last = await look(prepared.full);
    return last === "left" ? { reason: "suspended", kept: await keep() } : { reason, last };
  }
  tell(session, state, ratioPoints());
  return { reason, last: full ?? (await evaluate(session, prepared.full)) };
}

/** Whether the present step has its evaluation: a run may be left in the midst of one. */
const isMeasured = ({ step, points }: RunState): boolean =>
  points.some((point) => point.step === step && point.metric === "map/multi");

const hasPoints = ({ points }: RunState, moved: readonly Point[]): boolean =>
  points.some(({ step, metric }) => step === moved[0]!.step && metric === moved[0]!.metric);

/** The plan's batches from the state's step on: those before it are drawn again and left out. */
async function planFrom({ prepared, control }: Session, { step, trajectory }: RunState) {
  const plan = prepared.plan(followTrajectory(trajectory));
  for (let drawn = 0; drawn < step; drawn++) {
    plan.next();
    if (drawn % DRAWN_AT_ONCE === 0) await control.gate();
  }
  return plan;
}

async function trainStep({ spec, model, teacher }: Session, { batch, input }: FedBatch): Promise<StepHandle> {
  const taught = teacher ? { ...input, teacher: await teacher.batch(batch) } : input;
  return model.trainStep(taught, {
    learningRate: learningRateAt(spec, batch.step),
    temperature: spec.loss.temperature,
    weightDecay: spec.optimizer.weightDecay,
    clipNorm: spec.optimizer.clipNorm,
    lastLayerNorm: weightRule(spec).observes === "gradients",
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
}

/** Takes steps and reads their losses later: all that a run holds beside its state and its model. */
function createStepper(session: Session, state: RunState, onStep: LoopOptions["onStep"]) {
  const { ports, spec } = session;
  let waiting: (Pick<FedBatch, "batch" | "weights"> & { readonly handle: StepHandle })[] = [];
  let readMs = ports.nowMs();
  let atOnce = 1; // steps to the next read, by how long the last ones took
  return {
    /** Whether losses have been on the device for long enough. */
    get areMany() {
      return waiting.length >= atOnce;
    },
    async train(fed: FedBatch) {
      if (waiting.length === 0) readMs = ports.nowMs();
      const handle = await trainStep(session, fed);
      waiting.push({ batch: fed.batch, weights: fed.weights, handle });
      onStep?.({ ...fed, handle, temperature: spec.loss.temperature });
    },
    /** Waits for the device; afterwards the state's points are complete up to its step. */
    async readLosses() {
      if (waiting.length === 0) return;
      const points: Point[] = [];
      for (const { batch, weights, handle } of waiting) {
        const [losses, taught] = [await handle.losses(), await handle.distillation()];
        const norm = await handle.lastLayerNorm();
        if (norm !== undefined && state.rules && batch.kind !== "mixed" && weights[batch.kind] > 0) {
          state.rules.gradients[batch.kind] = norm / weights[batch.kind];
        }
        points.push(...lossPoints(batch, losses), ...(taught ? [distillationPoint(batch, taught)] : []));
      }
      const seconds = (ports.nowMs() - readMs) / 1000;
      const perSecond = waiting.length / Math.max(seconds, 1e-6);
      points.push({ step: state.step, metric: "perf/pairs_per_s", value: perSecond * spec.batch.size });
      atOnce = Math.min(STEPS_PER_READ, Math.max(1, Math.floor(perSecond * SECONDS_PER_READ)));
      waiting = [];
      readMs = ports.nowMs();
      tell(session, state, points);
    },
  };
}
