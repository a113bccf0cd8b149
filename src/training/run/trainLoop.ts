// The loop of a run: batch by batch along the plan, losses read back now and then, evaluations when they are due.
import type { Batch } from "../../core/plan/batch.ts";
import { followTrajectory } from "../../core/plan/trajectory.ts";
import type { Point } from "../../core/record/point.ts";
import { usedKinds } from "../../core/spec/resolve.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";
import type { Evaluated } from "../evaluate/evaluateModel.ts";
import type { StepHandle } from "../model/model.ts";
import { feedBatches, type FedBatch } from "./feedBatches.ts";
import { learningRateAt } from "./learningRateAt.ts";
import { distillationPoint, lossPoints } from "./lossPoints.ts";
import { measure, tell } from "./measure.ts";
import { countBatch, takeRatioPoints } from "./runCounts.ts";
import type { RunState } from "./runState.ts";
import type { Session } from "./session.ts";

/** Losses stay on the device for this many steps: reading back waits for the GPU. */
const STEPS_PER_READ = 10;

/**
 * Trains from `state.step` to the spec's last step, or until the run is stopped, and measures the weights it ends with.
 * @param before the evaluation over everything at `state.step`
 * @returns the evaluation over everything at the end
 */
export async function trainLoop(session: Session, state: RunState, before: Evaluated): Promise<Evaluated> {
  const { spec, prepared, control, emit } = session;
  const train = prepared.train!; // a session that trains has one
  const kinds = usedKinds(spec);
  const steps = createStepper(session, state);
  let latest: { step: number; task: EvalTask; done: Evaluated } = {
    step: state.step,
    task: prepared.full,
    done: before,
  };
  const plan = prepared.plan(followTrajectory(state.trajectory));
  for await (const fed of feedBatches(plan, train, prepared.vocabulary, spec.loss.weights)) {
    if (control.paused) await steps.readLosses();
    await control.trainGate();
    if (control.stopped) break;
    emit({ type: "batch", batch: fed.batch });
    await steps.train(fed);
    countBatch(state.counts, fed.batch, train.corpus);
    state.step = fed.batch.step + 1;
    const { step } = state;
    emit({ type: "progress", progress: { phase: "train", done: step, total: spec.steps, unit: "steps" } });
    const due = spec.evalEvery > 0 && step % spec.evalEvery === 0 && step < spec.steps;
    if (due || steps.unread >= STEPS_PER_READ) await steps.readLosses();
    if (due) {
      tell(session, state, takeRatioPoints(state.counts, kinds, step));
      latest = { step, task: prepared.live, done: await measure(session, state, prepared.live) };
    }
  }
  await steps.readLosses();
  tell(session, state, takeRatioPoints(state.counts, kinds, state.step));
  const known = latest.step === state.step && latest.task === prepared.full; // stopped right after an evaluation
  return known ? latest.done : await measure(session, state, prepared.full);
}

async function trainStep({ spec, model, teacher }: Session, { batch, input }: FedBatch): Promise<StepHandle> {
  const taught = teacher ? { ...input, teacher: await teacher.batch(batch) } : input;
  return model.trainStep(taught, {
    learningRate: learningRateAt(spec, batch.step),
    temperature: spec.loss.temperature,
    weightDecay: spec.optimizer.weightDecay,
    clipNorm: spec.optimizer.clipNorm,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
  });
}

/** Takes steps and reads their losses later: all that a run holds beside its state and its model. */
function createStepper(session: Session, state: RunState) {
  const { ports, spec } = session;
  let waiting: { batch: Batch; handle: StepHandle }[] = [];
  let readMs = ports.nowMs();
  return {
    /** Steps whose losses are still on the device. */
    get unread() {
      return waiting.length;
    },
    async train(fed: FedBatch) {
      if (waiting.length === 0) readMs = ports.nowMs();
      waiting.push({ batch: fed.batch, handle: await trainStep(session, fed) });
    },
    /** Waits for the device; afterwards the state's points are complete up to its step. */
    async readLosses() {
      if (waiting.length === 0) return;
      const points: Point[] = [];
      for (const { batch, handle } of waiting) {
        const [losses, taught] = [await handle.losses(), await handle.distillation()];
        points.push(...lossPoints(batch, losses), ...(taught ? [distillationPoint(batch, taught)] : []));
      }
      const seconds = (ports.nowMs() - readMs) / 1000;
      const pairs = (waiting.length * spec.batch.size) / Math.max(seconds, 1e-6);
      points.push({ step: state.step, metric: "perf/pairs_per_s", value: pairs });
      waiting = [];
      readMs = ports.nowMs();
      tell(session, state, points);
    },
  };
}
