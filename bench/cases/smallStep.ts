// A training step of distilled-small's shape against PyTorch on the same weights and batch, with as many threads: on wasm, in
// turn, and on WebGPU, where a software adapter takes minutes for one.
import { productHelpers } from "../../src/cli/nodeThreads.ts";
import { findShipped } from "../../src/core/encoders/shippedEncoders.ts";
import {
  inventBatch,
  inventWeights,
  nameShape,
  STEP_OPTIONS,
  type StepShape,
} from "../../src/training/benchmark/stepShape.ts";
import { shareProducts } from "../../src/training/engine/productThreads.ts";
import { createModel } from "../../src/training/model/model.ts";
import { figure, notMeasured, type Case, type CaseResult } from "../case.ts";
import { startGpu, startWasm } from "../device.ts";
import { describeTimes, race, timesOf } from "../race.ts";
import { shareSteps } from "../shareSteps.ts";
import { LOSS_TOLERANCE, stepLoss } from "../stepRace.ts";
import { startTorchStep } from "../torchStep.ts";
import { findTorch, NO_TORCH } from "../torchProcess.ts";

const THREADS = 2;
const ROUNDS = 5;

const { layers, width, heads, feedForward, vocabRows } = findShipped("distilled-small")!.info;
const SHAPE: StepShape = { layers, width, heads, feedForward, vocabSize: vocabRows, pairs: 32, length: 32 };
const start = () => ({ weights: inventWeights(SHAPE), batch: inventBatch(SHAPE, 1) });

const row = (name: string) => ({
  name,
  unit: "ms",
  baseline: `${findTorch()?.version ?? "PyTorch"}, ${THREADS} threads`,
});
const alone = (name: string, value: number) => [
  notMeasured({ ...row(name), value, target: "none", reason: NO_TORCH }),
];

function checkLoss(own: number, torch: number | undefined): void {
  if (torch === undefined || Math.abs(torch - own) > LOSS_TOLERANCE * Math.abs(own))
    throw new Error(`the first loss by PyTorch is ${torch}, by the engine ${own}`);
}

export const smallStep: Case = {
  name: "small-step",
  about:
    "one training step of distilled-small's shape on wasm and in PyTorch, two threads each, in turn; wall time",
  async run() {
    const name = "small-step/wasm";
    await startWasm();
    const { weights, batch } = start();
    const model = createModel(weights);
    const torch = startTorchStep(weights, batch, STEP_OPTIONS, THREADS);
    const step = async () => void (await stepLoss(model, batch));
    try {
      const [own, other] = [await stepLoss(model, batch), await torch?.round()];
      await shareSteps(productHelpers(String(THREADS)), step);
      if (!torch) return alone(name, (await race({ step }, ROUNDS)).step.wallMs);
      checkLoss(own, other?.loss);
      const taken = await race({ engine: step, torch: () => torch.round() }, ROUNDS);
      const note = `${nameShape(SHAPE)}; engine ${describeTimes(taken.engine)}; baseline ${describeTimes(taken.torch)}`;
      return [figure({ ...row(name), value: taken.engine.wallMs, baselineValue: taken.torch.wallMs, note })];
    } finally {
      shareProducts(undefined);
      torch?.end();
      model.dispose();
    }
  },
};

export const smallWebgpu: Case = {
  name: "small-webgpu",
  about: "one training step of distilled-small's shape on WebGPU, and PyTorch's; wall time",
  gpu: true,
  async run(): Promise<CaseResult[]> {
    const name = "small-step/webgpu";
    const missing = await startGpu();
    if (missing !== undefined) return [notMeasured({ ...row(name), target: "none", reason: missing })];
    const { weights, batch } = start();
    const model = createModel(weights);
    const torch = startTorchStep(weights, batch, STEP_OPTIONS, THREADS);
    try {
      await torch?.round(); // warms up
      const before = createModel(weights);
      await stepLoss(before, inventBatch({ ...SHAPE, pairs: 2 }, 1)); // so that the one measured compiles little
      before.dispose();
      let own = 0;
      const engine = await timesOf(async () => void (own = await stepLoss(model, batch)));
      if (!torch) return alone(name, engine.wallMs);
      const { torch: taken } = await race({ torch: () => torch.round() }, ROUNDS, 0);
      const note = `${nameShape(SHAPE)}; one step, loss ${own.toFixed(3)}; baseline ${describeTimes(taken)}`;
      return [figure({ ...row(name), value: engine.wallMs, baselineValue: taken.wallMs, note })];
    } finally {
      torch?.end();
      model.dispose();
    }
  },
};
