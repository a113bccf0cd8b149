// One run from spec to record, as a generator of events: training, evaluations, counts. Owns the model while it runs;
// never touches a page, a clock of its own or a file.
import type { Batch } from "../../core/plan/batch.ts";
import { evalPoints } from "../../core/record/evalPoints.ts";
import type { Point } from "../../core/record/point.ts";
import type { Environment } from "../../core/record/runRecord.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { keepQueryValues } from "../../core/stats/queryValues.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createModel, type Model, type StepHandle } from "../model/model.ts";
import { agreementPoints } from "../teacher/agreement.ts";
import { openTeacher, type Teacher } from "../teacher/openTeacher.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";
import { evaluateModel, type Evaluated } from "../evaluate/evaluateModel.ts";
import { createEventQueue } from "./eventQueue.ts";
import { feedBatches } from "./feedBatches.ts";
import { learningRateAt } from "./learningRateAt.ts";
import { distillationPoint, lossPoints } from "./lossPoints.ts";
import { prepareRun, type PreparedRun } from "./prepareRun.ts";
import { createRecordBuilder } from "./recordBuilder.ts";
import type { RunControl } from "../../core/run/control.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";

/** Losses stay on the device for this many steps: reading back waits for the GPU. */
const STEPS_PER_READ = 10;

/** What outlives the run's events, for searching with its weights. */
export interface RunResources {
  readonly prepared: PreparedRun;
  readonly model: Model;
  /** (N, D) by the starting weights; undefined where the pool is too large to hold. */
  readonly passageVectorsBefore: Float32Array | undefined;
}

/**
 * Trains and evaluates; with `training` false only evaluates the starting weights.
 *
 * Step s of a point = batches trained so far: step 0 is before training, and batch i's loss is at step i + 1.
 * @param keep receives the model once it exists; whoever keeps it disposes it, also after an error
 */
export function runExperiment(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  keep: (resources: RunResources) => void,
  training = true,
): AsyncGenerator<RunEvent, void> {
  return createEventQueue<RunEvent>(async (emit) => {
    let teacher: Teacher | undefined;
    const hold = (opened: Teacher | undefined) => (teacher = opened);
    try {
      await execute(spec, ports, control, keep, training, emit, hold);
    } finally {
      teacher?.dispose();
    }
  });
}

async function execute(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  keep: (resources: RunResources) => void,
  training: boolean,
  emit: (event: RunEvent) => void,
  hold: (teacher: Teacher | undefined) => void, // until the run is over, however it ends
): Promise<void> {
  const device = await ports.startDevice(spec.compute.backend);
  emit({ type: "device", device });
  const prepared = await prepareRun(spec, ports, training, (progress) =>
    emit({ type: "progress", progress }),
  );
  for (const { notices } of new Set([prepared.test, ...(prepared.train ? [prepared.train] : [])])) {
    for (const message of notices) emit({ type: "notice", message });
  }
  emit({ type: "progress", progress: { phase: "compile", done: 0, total: 1, unit: "parts" } });
  const teacher = training
    ? await openTeacher(spec, ports, prepared, (progress) => emit({ type: "progress", progress }))
    : undefined;
  hold(teacher);
  const model = createModel(prepared.weights);
  const record = createRecordBuilder(spec, prepared.train?.corpus);
  const tell = (points: readonly Point[]) => {
    record.add(points);
    emit({ type: "points", points });
  };
  const evaluate = async (task: EvalTask, step: number) => {
    const startMs = ports.nowMs();
    const done = await evaluateModel(model, task, control, (progress) =>
      emit({ type: "progress", progress }),
    );
    const seconds = (ports.nowMs() - startMs) / 1000;
    const rate = done.result.queries / Math.max(seconds, 1e-6);
    tell([...evalPoints(done.result, step), { step, metric: "perf/eval_queries_per_s", value: rate }]);
    if (teacher && done.passageVectors) {
      const own = { width: vectorWidth(model.config), data: done.passageVectors };
      const theirs = { width: teacher.width, data: await teacher.pool() };
      tell(agreementPoints(task.set, own, theirs, step));
    }
    emit({ type: "matrix", step, matrix: done.result.matrix });
    return done;
  };

  const before = await evaluate(prepared.full, 0);
  if (teacher && !before.passageVectors) {
    const message = "The pool is too large to hold its vectors: agreement with the teacher is not measured";
    emit({ type: "notice", message });
  }
  emit({ type: "progress", progress: { phase: "compile", done: 1, total: 1, unit: "parts" } });
  keep({ prepared, model, passageVectorsBefore: before.passageVectors });
  const { step, last } = training
    ? await train(spec, ports, control, prepared, model, teacher, record, tell, evaluate, before, emit)
    : { step: 0, last: before };
  const values = keepQueryValues(prepared.full.set, last.perQuery);
  if (values) emit({ type: "queryValues", values });

  const environment: Environment = {
    backend: device.backend,
    adapter: device.adapter,
    versions: { ...ports.versions, ...device.versions },
    dataSha256: prepared.dataSha256,
    encoderSha256: prepared.encoderSha256,
    ...(teacher && { teacherSha256: teacher.sha256 }),
  };
  const reason = training && step < spec.steps ? "stopped" : "completed";
  emit({ type: "finished", reason, record: record.close(last.result, environment) });
}

async function train(
  spec: ExperimentSpec,
  ports: RunPorts,
  control: RunControl,
  prepared: PreparedRun,
  model: Model,
  teacher: Teacher | undefined,
  record: ReturnType<typeof createRecordBuilder>,
  tell: (points: readonly Point[]) => void,
  evaluate: (task: EvalTask, step: number) => Promise<Evaluated>,
  before: Evaluated,
  emit: (event: RunEvent) => void,
): Promise<{ step: number; last: Evaluated }> {
  let step = 0;
  let latest: { step: number; task: EvalTask; done: Evaluated } = { step, task: prepared.full, done: before };
  let waiting: { batch: Batch; handle: StepHandle }[] = [];
  let readMs = ports.nowMs();
  const readLosses = async () => {
    if (waiting.length === 0) return;
    const points: Point[] = [];
    for (const { batch, handle } of waiting) {
      const [losses, taught] = [await handle.losses(), await handle.distillation()];
      points.push(...lossPoints(batch, losses), ...(taught ? [distillationPoint(batch, taught)] : []));
    }
    const seconds = (ports.nowMs() - readMs) / 1000;
    const pairs = (waiting.length * spec.batch.size) / Math.max(seconds, 1e-6);
    points.push({ step, metric: "perf/pairs_per_s", value: pairs });
    waiting = [];
    readMs = ports.nowMs();
    tell(points);
  };

  const fed = feedBatches(prepared.plan(), prepared.train!, prepared.vocabulary, spec.loss.weights);
  for await (const { batch, input } of fed) {
    if (control.paused) await readLosses();
    await control.trainGate();
    if (control.stopped) break;
    if (waiting.length === 0) readMs = ports.nowMs();
    emit({ type: "batch", batch });
    const taught = teacher ? { ...input, teacher: await teacher.batch(batch) } : input;
    const handle = model.trainStep(taught, {
      learningRate: learningRateAt(spec, batch.step),
      temperature: spec.loss.temperature,
      weightDecay: spec.optimizer.weightDecay,
      clipNorm: spec.optimizer.clipNorm,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    });
    record.count(batch);
    waiting.push({ batch, handle });
    step = batch.step + 1;
    emit({ type: "progress", progress: { phase: "train", done: step, total: spec.steps, unit: "steps" } });
    const due = spec.evalEvery > 0 && step % spec.evalEvery === 0 && step < spec.steps;
    if (due || waiting.length >= STEPS_PER_READ) await readLosses();
    if (due) {
      tell(record.ratioPoints(step));
      latest = { step, task: prepared.live, done: await evaluate(prepared.live, step) };
    }
  }
  await readLosses();
  tell(record.ratioPoints(step));
  const known = latest.step === step && latest.task === prepared.full; // stopped right after an evaluation
  return { step, last: known ? latest.done : await evaluate(prepared.full, step) };
}
