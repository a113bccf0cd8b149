// Whether a long run keeps what it allocates: tensors and heap over 1,000 steps on wasm.
import { WASM_FOLDER } from "../../src/cli/nodePorts.ts";
import * as tf from "@tensorflow/tfjs-core";
import { createRandom } from "../../src/core/random.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { createModel, type TrainBatch } from "../../src/training/model/model.ts";
import { initWeights } from "../../src/training/model/weights.ts";
import { ceiling, type Case } from "../case.ts";

const V = 4000;
const B = 64;

/** Batches of ever-changing lengths, as real texts have them. */
function inventBatch(step: number): TrainBatch {
  const random = createRandom(step).fork("memory");
  const side = () => {
    const lengths = Array.from({ length: B }, () => 3 + random.int(20));
    const offsets = Int32Array.from({ length: B + 1 }, (_, i) =>
      lengths.slice(0, i).reduce((a, b) => a + b, 0),
    );
    return { offsets, tokens: Int32Array.from({ length: offsets[B]! }, () => random.int(V)) };
  };
  const negatives = Uint8Array.from({ length: B * B }, (_, i) => (i % (B + 1) === 0 ? 0 : 1));
  return { queries: side(), passages: side(), k: 1, negatives, rowWeights: new Float32Array(B).fill(1) };
}

export const memory: Case = {
  name: "memory",
  about: "1,000 training steps with changing lengths, wasm: tensors and heap afterwards against after 100",
  async run() {
    await startBackend("wasm", { wasmPaths: WASM_FOLDER });
    const model = createModel(
      initWeights(
        {
          vocabSize: V,
          width: 128,
          layers: 0,
          heads: 4,
          feedForward: 512,
          maxTokens: 32,
          pooling: "mean",
          tokenWeights: "inverseFrequency",
          frozen: "nothing",
        },
        {
          pieceIds: Int32Array.from({ length: V }, (_, i) => i),
          logProbs: new Float32Array(V).fill(-Math.log(V)),
          random: createRandom(1),
        },
      ),
    );
    const options = {
      learningRate: 0.01,
      temperature: 0.05,
      weightDecay: 0.01,
      clipNorm: 0,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    };
    const heapMiB = () => {
      global.gc?.();
      return process.memoryUsage().heapUsed / 2 ** 20;
    };
    let early = { tensors: 0, heap: 0 };
    for (let step = 1; step <= 1000; step++) {
      await model.trainStep(inventBatch(step), options).losses();
      if (step === 100) early = { tensors: tf.memory().numTensors, heap: heapMiB() };
    }
    const late = { tensors: tf.memory().numTensors, heap: heapMiB() };
    model.dispose();
    return [
      ceiling({
        name: "tensors-1000-steps",
        unit: "tensors",
        value: late.tensors,
        limit: early.tensors,
        limitName: "after 100 steps",
      }),
      ceiling({
        name: "heap-1000-steps",
        unit: "MiB",
        value: late.heap,
        limit: early.heap + 8,
        limitName: "after 100 steps + 8 MiB",
      }),
    ];
  },
};
