// How many kernels one training step launches, by layers, and how often it waits for the GPU. Counts, times nothing.
import { createModel } from "../../src/training/model/model.ts";
import { ceiling, figure, notMeasured, type Case, type CaseResult } from "../case.ts";
import { startGpu } from "../device.ts";
import { countLaunches } from "../launchCounter.ts";
import { createPlainModel } from "../plainOps/plainModel.ts";
import {
  inventBatch,
  inventWeights,
  SMALL,
  STEP_OPTIONS,
  type StepShape,
} from "../../src/training/benchmark/stepShape.ts";

// Launches depend on the layers and the optimiser, not on sizes: the smallest sizes will do.
const TINY: StepShape = { ...SMALL, width: 32, feedForward: 64, pairs: 4, length: 8, vocabSize: 128 };
const STEPS = 10;

async function countStep(layers: number) {
  const shape = { ...TINY, layers };
  const weights = inventWeights(shape);
  const batch = inventBatch(shape, 1);
  const model = createModel(weights);
  const plain = createPlainModel(weights);
  await model.trainStep(batch, STEP_OPTIONS).losses(); // first steps make tensors that later ones keep
  await plain.trainStep(batch, STEP_OPTIONS);
  const engine = await countLaunches(() => {
    for (let step = 0; step < STEPS; step++) model.trainStep(batch, STEP_OPTIONS);
  });
  const clipped = await countLaunches(() => model.trainStep(batch, { ...STEP_OPTIONS, clipNorm: 1 }));
  const baseline = await countLaunches(() => plain.trainStep(batch, STEP_OPTIONS));
  model.dispose();
  plain.dispose();
  return {
    engine: engine.dispatches / STEPS,
    readBacks: engine.readBacks,
    clipped: clipped.dispatches,
    plain: baseline.dispatches,
  };
}

export const launches: Case = {
  name: "launches",
  about: "kernel launches of one training step on WebGPU, the engine's and tfjs's own together",
  gpu: true,
  async run() {
    const missing = await startGpu();
    if (missing !== undefined) {
      const row = {
        name: "launches/2-layers",
        unit: "launches a step",
        baseline: "150",
        target: "ratio <= 1",
      };
      return [notMeasured({ ...row, reason: missing })];
    }
    const counts = new Map<number, Awaited<ReturnType<typeof countStep>>>();
    for (const layers of [0, 2, 6]) counts.set(layers, await countStep(layers));
    const rows: CaseResult[] = [];
    for (const [layers, { engine, plain, clipped }] of counts) {
      const row = { name: `launches/layers=${layers}`, unit: "launches a step", value: engine };
      rows.push(
        figure({
          ...row,
          baseline: "plain tfjs ops",
          baselineValue: plain,
          note: `${clipped} with clipping`,
        }),
      );
    }
    const [two, six] = [counts.get(2)!, counts.get(6)!];
    rows.push(
      ceiling({
        name: "launches/2-layers",
        unit: "launches a step",
        value: two.clipped,
        limit: 150,
        limitName: "150",
        note: `with clipping; ${two.engine} without`,
      }),
      ceiling({
        name: "launches/one-more-layer",
        unit: "launches a layer",
        value: (six.clipped - two.clipped) / 4,
        limit: 25,
        limitName: "25",
        note: `with clipping; ${(six.engine - two.engine) / 4} without`,
      }),
      ceiling({
        name: "launches/read-backs",
        unit: `read-backs in ${STEPS} steps whose losses nobody asks for`,
        value: two.readBacks,
        limit: 1,
        limitName: "1 in 10 steps",
      }),
    );
    return rows;
  },
};
