// Whether a run repeats bit for bit on WebGPU: the same steps twice, every loss and every weight compared as bits.
import { createModel } from "../../src/training/model/model.ts";
import { inventBatch, inventWeights, SMALL, type StepShape } from "../../src/training/benchmark/stepShape.ts";
import { atMost, notMeasured, type Case, type CaseResult } from "../case.ts";
import { startGpu } from "../device.ts";
import { stepLoss } from "../stepRace.ts";

const STEPS = 300;
/** As small as SwiftShader needs it; a layer, so that every kernel of a step is in it. */
const LAYER: StepShape = {
  layers: 1,
  width: 16,
  heads: 2,
  feedForward: 32,
  pairs: 4,
  length: 8,
  vocabSize: 200,
};
const SHAPES: readonly StepShape[] = [{ ...SMALL, layers: 0, pairs: 8, vocabSize: 1024 }, LAYER];

/** Bits of all losses, and of all weights afterwards. Texts are of ever-changing lengths. */
async function train(shape: StepShape): Promise<Uint32Array> {
  const model = createModel(inventWeights(shape));
  const losses = new Float32Array(STEPS);
  for (let step = 0; step < STEPS; step++) {
    losses[step] = await stepLoss(model, inventBatch(shape, step + 1, true));
  }
  const { tensors } = await model.weights();
  model.dispose();
  const parts = [losses, ...Object.values(tensors).map(({ data }) => data)];
  const all = new Float32Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint32Array(all.buffer);
}

export const replay: Case = {
  name: "replay",
  about: `${STEPS} steps twice on WebGPU, a bag and a layer: losses and weights compared bit for bit`,
  gpu: true,
  async run() {
    const missing = await startGpu();
    const row = { unit: "numbers", baseline: "numbers of the same bits" };
    if (missing !== undefined) {
      return [notMeasured({ ...row, name: "replay", target: "ratio <= 1", reason: missing })];
    }
    const rows: CaseResult[] = [];
    for (const shape of SHAPES) {
      const [first, second] = [await train(shape), await train(shape)];
      const same = first.reduce((count, bits, i) => count + (bits === second[i] ? 1 : 0), 0);
      rows.push(
        atMost({
          ...row,
          name: `replay/webgpu/${shape.layers}x${shape.width}`,
          value: first.length,
          baselineValue: same,
          most: 1,
          note: `${STEPS} steps twice; ${STEPS} losses and ${first.length - STEPS} weights`,
        }),
      );
    }
    return rows;
  },
};
