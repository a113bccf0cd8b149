// How near a training step comes to the rate of the backend's own best matrix product, in the same run.
import * as tf from "@tensorflow/tfjs-core";
import { product } from "../../src/training/engine/matmul.ts";
import { createModel } from "../../src/training/model/model.ts";
import { atMost, figure, notMeasured, type Case, type CaseResult } from "../case.ts";
import { adapterName, startGpu, startWasm } from "../device.ts";
import { race, type Contestant } from "../race.ts";
import {
  inventBatch,
  inventWeights,
  nameShape,
  SMALL,
  stepFlops,
  type StepShape,
} from "../../src/training/benchmark/stepShape.ts";
import { stepLoss } from "../stepRace.ts";

const LARGE: StepShape = {
  ...SMALL,
  layers: 6,
  width: 384,
  feedForward: 1536,
  heads: 12,
  pairs: 16,
  length: 32,
};

/** Products tried for the backend's best: square ones, and the feed-forward's of the step itself. */
const productsFor = ({ pairs, length, width, feedForward }: StepShape, side: number) => [
  [side, side, side],
  [2 * pairs * length, width, feedForward],
];

async function rows(backend: string, shape: StepShape, side: number, rounds: number): Promise<CaseResult[]> {
  const model = createModel(inventWeights(shape));
  const batch = inventBatch(shape, 1);
  const products = productsFor(shape, side).map(([n, k, m]) => ({
    flops: 2 * n! * k! * m!,
    name: `${n} x ${k} x ${m}`,
    a: tf.randomUniform([n!, k!]),
    b: tf.randomUniform([k!, m!]),
  }));
  const contestants: Record<string, Contestant> = {
    step: async () => void (await stepLoss(model, batch)),
  };
  // tfjs's product and the engine's own, which is another one on wasm: the better is the ceiling.
  const ways = { "tf.matMul": (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b), "engine's product": product };
  for (const [way, multiply] of Object.entries(ways)) {
    for (const { name, a, b } of products) {
      contestants[`${way} ${name}`] = async () => {
        const result = multiply(a, b);
        const corner = tf.slice(result, [0, 0], [1, 1]); // waits for the product, copies one number
        await corner.data();
        tf.dispose([result, corner]);
      };
    }
  }
  const times = await race(contestants, rounds);
  const rate = (flops: number, name: string) => flops / times[name]!.wallMs / 1e6; // GFLOP/s
  const best = Object.keys(ways)
    .flatMap((way) => products.map(({ flops, name }) => ({ name: `${way} ${name}`, flops })))
    .map(({ flops, name }) => ({ name, rate: rate(flops, name) }))
    .reduce((a, b) => (b.rate > a.rate ? b : a));
  model.dispose();
  for (const { a, b } of products) tf.dispose([a, b]);
  const step = rate(stepFlops(shape), "step");
  return [
    figure({
      name: `roofline/${backend}/${shape.layers}x${shape.width}`,
      unit: "GFLOP/s",
      value: step,
      baseline: best.name,
      baselineValue: best.rate,
      note: `${nameShape(shape)}, ${(stepFlops(shape) / 1e9).toPrecision(3)} GFLOP a step; wall time, median of ${rounds}`,
    }),
  ];
}

export const roofline: Case = {
  name: "roofline",
  about: "GFLOP/s of a training step against the best plain matrix product of the same backend",
  gpu: true,
  async run() {
    await startWasm();
    const all = [...(await rows("wasm", SMALL, 512, 5)), ...(await rows("wasm", LARGE, 512, 3))];
    const missing = await startGpu();
    const target = {
      name: "roofline/gpu",
      unit: "inverse share",
      baseline: "the adapter's own matrix product",
    };
    const software =
      missing ?? (/swiftshader|llvmpipe|lavapipe/i.test(adapterName()) ? "no real GPU" : undefined);
    if (missing === undefined) {
      const tiny = { ...SMALL, pairs: 8, length: 12, vocabSize: 1024 };
      all.push(...(await rows("webgpu", software === undefined ? LARGE : tiny, 256, 3)));
    }
    if (software !== undefined) {
      all.push(
        notMeasured({ ...target, target: "ratio <= 2.5 (40 % of the product's rate)", reason: software }),
      );
    } else {
      const full: StepShape = { ...LARGE, pairs: 128, length: 64 };
      const row = (await rows("webgpu", full, 4096, 9))[0]!;
      all.push(
        atMost({
          ...target,
          value: row.baselineValue!,
          baselineValue: row.value!,
          most: 2.5,
          note: row.note!,
        }),
      );
    }
    return all;
  },
};
