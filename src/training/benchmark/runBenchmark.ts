// Measures the device that is active: products, training steps, evaluation. Owns no device and no clock; keeps nothing.
import { wholeText } from "../../core/numbersIn.ts";
import * as tf from "@tensorflow/tfjs-core";
import type { BenchmarkRow } from "../../core/record/benchmarkReport.ts";
import { computesOnCpu } from "../engine/backend.ts";
import { launchCount } from "../engine/gpuDispatch.ts";
import { product } from "../engine/matmul.ts";
import { createModel } from "../model/model.ts";
import { evaluateByCounting, inventEvaluation } from "./evaluationTask.ts";
import { kernelTimes, sharesText } from "./stepProfile.ts";
import {
  inventBatch,
  inventWeights,
  meanLoss,
  SMALL,
  STEP_OPTIONS,
  stepFlops,
  type StepShape,
} from "./stepShape.ts";

export interface BenchmarkPorts {
  nowMs(): number;
  /** Called before each round; throws to end the measurement. */
  gate(): Promise<void>;
  /** `done` of `total` cases are over; `label` is the next one. */
  progress(done: number, total: number, label: string): void;
}

/** What is measured. */
export interface BenchmarkSizes {
  readonly side: number; // of a square product
  readonly steps: readonly StepShape[];
  readonly pools: readonly number[]; // candidates of each of four languages
}

const LARGE = { layers: 6, width: 384, feedForward: 1536, heads: 12 };

/** What a device can do in about a minute: an adapter that computes on the CPU gets smaller shapes, a GPU a larger one. */
export function sizesFor(): BenchmarkSizes {
  if (computesOnCpu()) {
    const small = { ...SMALL, pairs: 8, length: 12, vocabSize: 1024 };
    return {
      side: 128,
      steps: [{ ...small, layers: 0 }, small],
      pools: [75, 150, 300],
    };
  }
  const onCpu = tf.getBackend() !== "webgpu";
  return {
    side: onCpu ? 512 : 2048,
    steps: [
      { ...SMALL, layers: 0 },
      SMALL,
      { ...SMALL, ...LARGE, ...(onCpu ? { pairs: 16, length: 32 } : { pairs: 128, length: 64 }) },
    ],
    pools: onCpu ? [300, 600, 1200] : [600, 1200, 2400],
  };
}

const ROUNDS = 5;

/** Of each language; an evaluation's answers must be distinct. */
const questionsFor = (candidates: number) => Math.min(150, candidates);

/** All rows, one case after the other; each has one round that does not count. */
export async function runBenchmark(
  ports: BenchmarkPorts,
  { side, steps, pools }: BenchmarkSizes = sizesFor(),
): Promise<BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  const cases: { label: string; run: () => Promise<BenchmarkRow[]> }[] = [
    { label: `matrix product, ${side} × ${side} × ${side}`, run: () => measureProduct(side, ports) },
    ...steps.map((shape) => ({
      label: `training step, ${shape.layers} layers × ${shape.width}`,
      run: () => measureStep(shape, rows.find(({ id }) => id === "product")?.value, ports),
    })),
    ...pools.map((pool) => ({
      label: `evaluation, ${4 * questionsFor(pool)} queries × ${4 * pool} candidates`,
      run: () => measureEvaluation(pool, ports),
    })),
  ];
  for (const [i, { label, run }] of cases.entries()) {
    ports.progress(i, cases.length, label);
    rows.push(...(await run()));
  }
  ports.progress(cases.length, cases.length, "");
  return rows;
}

/** Milliseconds of each round of `work`, whose result has been read back when it resolves. */
async function time(work: () => Promise<unknown>, { nowMs, gate }: BenchmarkPorts): Promise<number[]> {
  const rounds: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    await gate();
    const start = nowMs();
    await work();
    if (round >= 0) rounds.push(nowMs() - start);
  }
  return rounds.sort((a, b) => a - b);
}

/** A row of `toValue(milliseconds)`: of the median round, with the least and most of all. */
function rowOf(
  times: readonly number[],
  toValue: (ms: number) => number,
  rest: Pick<BenchmarkRow, "id" | "label" | "unit" | "note">,
): BenchmarkRow {
  const [first, last] = [toValue(times[0]!), toValue(times.at(-1)!)];
  const value = toValue(times[times.length >> 1]!);
  return { ...rest, value, least: Math.min(first, last), most: Math.max(first, last), rounds: times.length };
}

async function measureProduct(side: number, ports: BenchmarkPorts): Promise<BenchmarkRow[]> {
  const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];
  try {
    const times = await time(async () => {
      const corner = tf.tidy(() => tf.slice(product(a, b), [0, 0], [1, 1])); // waits for all, copies one number
      await corner.data();
      corner.dispose();
    }, ports);
    return [
      rowOf(times, (ms) => (2 * side ** 3) / ms / 1e6, {
        id: "product",
        unit: "GFLOP/s",
        note: "",
        label: `Matrix product, ${side} × ${side} × ${side}`,
      }),
    ];
  } finally {
    tf.dispose([a, b]);
  }
}

async function measureStep(
  shape: StepShape,
  productRate: number | undefined, // GFLOP/s
  ports: BenchmarkPorts,
): Promise<BenchmarkRow[]> {
  const model = createModel(inventWeights(shape));
  const batch = inventBatch(shape, 1);
  const { layers, width, pairs, length } = shape;
  let launches = 0;
  try {
    const times = await time(async () => {
      const before = launchCount();
      const step = model.trainStep(batch, STEP_OPTIONS);
      launches = launchCount() - before;
      const loss = meanLoss(await step.losses());
      if (!Number.isFinite(loss)) throw new Error(`The step gave a loss of ${loss}`);
    }, ports);
    const rate = stepFlops(shape) / times[times.length >> 1]! / 1e6;
    const name = layers === 0 ? `bag of pieces × ${width}` : `${layers} layers × ${width}`;
    const ofProduct = productRate ? `; ${Math.round((100 * rate) / productRate)} % of the product` : "";
    const note =
      `${pairs} pairs × ${length} tokens` +
      (layers > 0 ? `; ${rate.toPrecision(3)} GFLOP/s${ofProduct}` : "") +
      (tf.getBackend() === "webgpu" ? `; ${launches} launches` : "");
    const id = `step/${layers}x${width}`;
    const unit = "pairs/s";
    const kernels = await kernelTimes(() => model.trainStep(batch, STEP_OPTIONS).losses(), ports.nowMs);
    return [
      rowOf(times, (ms) => ms, { id, label: `Training step, ${name}`, unit: "ms", note }),
      rowOf(times, (ms) => (1000 * pairs) / ms, {
        id: `${id}/pairs`,
        label: `Training, ${name}`,
        unit,
        note: "",
      }),
      ...(kernels
        ? [
            rowOf([kernels.reduce((sum, { ms }) => sum + ms, 0)], (ms) => ms, {
              id: `${id}/kernels`,
              label: `Kernels of a step, ${name}`,
              unit: "ms",
              note: sharesText(kernels),
            }),
          ]
        : []),
    ];
  } finally {
    model.dispose();
  }
}

async function measureEvaluation(perLanguage: number, ports: BenchmarkPorts): Promise<BenchmarkRow[]> {
  const task = inventEvaluation(new Array<number>(4).fill(perLanguage), questionsFor(perLanguage));
  const [queries, candidates] = [task.set.queryLangs.length, task.set.passageLangs.length];
  const times = await time(() => evaluateByCounting(task), ports);
  return [
    rowOf(times, (ms) => (queries * candidates) / ms / 1000, {
      id: `evaluation/${candidates}`,
      label: `Evaluation, ${wholeText(queries)} queries × ${wholeText(candidates)} candidates`,
      unit: "million scores/s",
      note: `${times[times.length >> 1]!.toPrecision(3)} ms`,
    }),
  ];
}
