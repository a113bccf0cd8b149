// The checks every backend's training and encoding must pass, on models small enough for SwiftShader.
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { TokenRows } from "../../core/data/corpus.ts";
import { createRandom } from "../../core/random.ts";
import type { EncoderConfig } from "../../training/model/encoderConfig.ts";
import { createModel, type StepOptions, type TrainBatch } from "../../training/model/model.ts";
import { createScorer } from "../../training/model/scorer.ts";
import { initWeights, type ModelWeights } from "../../training/model/weights.ts";
import { gradientError, GRADIENT_TOLERANCE, largestCoordinates } from "./gradCheck.ts";
import { referenceVector } from "./referenceEncoder.ts";

const VOCAB = 24;

export function tinyConfig(changes: Partial<EncoderConfig> = {}): EncoderConfig {
  const sizes = { vocabSize: VOCAB, width: 8, layers: 0, heads: 2, feedForward: 12, maxTokens: 16 };
  return { ...sizes, pooling: "mean", tokenWeights: "inverseFrequency", frozen: "nothing", ...changes };
}

/** Random weights, larger than BERT's so that every path matters. */
export function tinyWeights(config: EncoderConfig): ModelWeights {
  const random = createRandom(5);
  const { tensors } = initWeights(config, {
    pieceIds: Int32Array.from({ length: config.vocabSize }, (_, i) => i),
    logProbs: Float32Array.from({ length: config.vocabSize }, (_, i) => -1 - i / 3),
    random,
  });
  const grown = Object.entries(tensors).map(([name, { shape, data }]) => {
    const noise = random.fork(`noise ${name}`);
    return [name, { shape, data: data.map((value) => value + 0.3 * noise.normal()) }] as const;
  });
  return { config, tensors: Object.fromEntries(grown) };
}

export function rowsOf(texts: readonly (readonly number[])[]): TokenRows {
  const offsets = new Int32Array(texts.length + 1);
  texts.forEach((text, i) => (offsets[i + 1] = offsets[i]! + text.length));
  return { offsets, tokens: Int32Array.from(texts.flat()) };
}

/** B rows of random texts, lengths 1 to 9 (two length buckets); every other passage is a negative. */
export function tinyBatch(rows: number, k: number, name: string): TrainBatch {
  const random = createRandom(11).fork(name);
  const text = () => Array.from({ length: 1 + random.int(9) }, () => random.int(VOCAB));
  const columns = rows * k;
  const negatives = Uint8Array.from({ length: rows * columns }, (_, at) =>
    Math.floor((at % columns) / k) === Math.floor(at / columns) ? 0 : 1,
  );
  return {
    queries: rowsOf(Array.from({ length: rows }, text)),
    passages: rowsOf(Array.from({ length: columns }, text)),
    k,
    negatives,
    rowWeights: Float32Array.from({ length: rows }, () => 0.5 + random.next()),
  };
}

export const STEP: StepOptions = {
  learningRate: 0.02,
  temperature: 0.1,
  weightDecay: 0.01,
  clipNorm: 1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
};

/** AdamW with no memory and a huge epsilon is x - g: rate g / (|g| + epsilon) with rate = epsilon. */
export const READ_GRADIENT: StepOptions = {
  learningRate: 1e4,
  epsilon: 1e4,
  beta1: 0,
  beta2: 0,
  temperature: 0.5,
  weightDecay: 0,
  clipNorm: 0,
};

/** The curve of losses (steps, B) and the weights after it. */
export async function trainFor(weights: ModelWeights, steps: number, options = STEP) {
  const model = createModel(weights);
  const curve: number[] = [];
  for (let i = 0; i < steps; i++) {
    curve.push(...(await model.trainStep(tinyBatch(4, 1 + (i % 2), `step ${i % 6}`), options).losses()));
  }
  const after = await model.weights();
  model.dispose();
  return { curve, after };
}

const ENCODERS: Record<string, Partial<EncoderConfig>> = {
  "bag, token weights": {},
  "bag, plain mean": { tokenWeights: "uniform" },
  "one layer, token weights": { layers: 1 },
  "one layer, a norm epsilon of 0.1": { layers: 1, normEpsilon: 0.1 },
  "two layers, first token": { layers: 2, pooling: "cls" },
  "one layer, largest values": { layers: 1, pooling: "max", tokenWeights: "uniform" },
  "one layer, first token, dense with tanh": {
    layers: 1,
    pooling: "cls",
    dense: { outputs: 12, bias: true, activation: "tanh" },
  },
  "one layer, mean, narrower dense": {
    layers: 1,
    tokenWeights: "uniform",
    dense: { outputs: 4, bias: false, activation: "identity" },
  },
};

interface SuiteSize {
  readonly longRun: number; // steps
  readonly coordinates: number; // checked per parameter by central differences
  readonly differentiated?: readonly string[]; // encoders to check so; all by default
}

export function modelSuite({ longRun, coordinates, differentiated }: SuiteSize): void {
  it.each(Object.entries(ENCODERS))("%s: vectors are those of the float64 reference", async (_, changes) => {
    const weights = tinyWeights(tinyConfig(changes));
    const texts = [[1, 2, 3], [4], [23, 5, 5, 5, 0, 7, 9, 11, 2, 2], [], [3, 2, 1]];
    const model = createModel(weights);
    const vectors = await model.encode(rowsOf(texts));
    model.dispose();
    const expected = texts.flatMap((text) => referenceVector(weights, text));
    // float32 through at most two layers: a few 1e-7 per operation
    expected.forEach((value, i) => expect(Math.abs(vectors[i]! - value)).toBeLessThan(5e-6));
  });

  const chosen = Object.entries(ENCODERS).filter(([title]) => differentiated?.includes(title) ?? true);
  describe.each(chosen)("%s: gradient of the batch loss", (_, changes) => {
    it("by central differences, in every parameter", async () => {
      const weights = tinyWeights(tinyConfig(changes));
      const batch = tinyBatch(3, 2, "gradient");
      const stepped = createModel(weights);
      stepped.trainStep(batch, READ_GRADIENT);
      const after = (await stepped.weights()).tensors;
      stepped.dispose();
      for (const [name, { shape, data }] of Object.entries(weights.tensors)) {
        const gradient = data.map((value, i) => value - after[name]!.data[i]!);
        const objective = async (x: Float32Array) => {
          const model = createModel({
            ...weights,
            tensors: { ...weights.tensors, [name]: { shape, data: x } },
          });
          const losses = await model.trainStep(batch, { ...READ_GRADIENT, learningRate: 0 }).losses();
          model.dispose();
          return losses.reduce((sum, loss, i) => sum + (loss * batch.rowWeights[i]!) / losses.length, 0);
        };
        if (name.endsWith("self.key.bias")) {
          // softmax does not see a shift of all its scores, and the same bias on every key is one
          expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-5);
          continue;
        }
        // float32 losses differ by 1e-7: in the largest coordinates that is small against the tolerance
        const options = { coordinates: largestCoordinates(gradient, coordinates) };
        const error = await gradientError(objective, data, gradient, options);
        expect(error, name).toBeLessThan(GRADIENT_TOLERANCE * 3);
      }
    });
  });

  it.each([0, 1])("overfits eight pairs, %i layers", async (layers) => {
    const model = createModel(tinyWeights(tinyConfig({ layers, width: 16 })));
    const pairs = Array.from({ length: 8 }, (_, i) => [i, 8 + i, 16 + i]);
    const batch = {
      queries: rowsOf(pairs.map(([a, b]) => [a!, b!])),
      passages: rowsOf(pairs.map(([, b, c]) => [c!, b!, 0])),
      k: 1,
      negatives: Uint8Array.from({ length: 64 }, (_, at) => (at % 9 === 0 ? 0 : 1)),
      rowWeights: new Float32Array(8).fill(1),
    };
    const STEPS = 30;
    let losses = new Float32Array();
    for (let i = 0; i < STEPS; i++) {
      const handle = model.trainStep(batch, { ...STEP, learningRate: 0.05, weightDecay: 0 });
      if (i === STEPS - 1) losses = Float32Array.from(await handle.losses());
    }
    model.dispose();
    expect(losses.reduce((a, b) => a + b) / 8).toBeLessThan(0.05);
  });

  it.each([0, 1])("repeats bit for bit, %i layers", async (layers) => {
    const weights = tinyWeights(tinyConfig({ layers }));
    const [one, two] = [await trainFor(weights, 12), await trainFor(weights, 12)];
    expect(one.curve).toEqual(two.curve);
    expect(one.after).toEqual(two.after);
    expect(one.curve[0]).not.toBe(one.curve.at(-1)); // it did train
  });

  it.each([0, 1])("continues from a checkpoint as if it had never stopped, %i layers", async (layers) => {
    const start = createModel(tinyWeights(tinyConfig({ layers })));
    for (let i = 0; i < 3; i++) start.trainStep(tinyBatch(4, 1, `${i}`), STEP);
    const resumed = createModel(await start.checkpoint());
    for (let i = 3; i < 6; i++) {
      for (const model of [start, resumed]) model.trainStep(tinyBatch(4, 1, `${i}`), STEP);
    }
    expect(await resumed.checkpoint()).toEqual(await start.checkpoint());
    expect((await start.checkpoint()).steps).toBe(6);
    start.dispose();
    resumed.dispose();
  });

  it("tells the cosines that the loss of the last step saw", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const batch = tinyBatch(3, 2, "cosines");
    const [q, p] = [await model.encode(batch.queries), await model.encode(batch.passages)];
    const cosines = await model.trainStep(batch, STEP).cosines();
    expect(cosines).toHaveLength(3 * 6);
    cosines!.forEach((cosine, at) => {
      const [i, j] = [Math.floor(at / 6), at % 6];
      const exact = q.slice(i * 8, i * 8 + 8).reduce((sum, x, d) => sum + x * p[j * 8 + d]!, 0);
      expect(Math.abs(cosine - exact)).toBeLessThan(5e-6);
    });
    const large = model.trainStep(tinyBatch(40, 1, "more"), STEP);
    expect(await large.cosines()).toHaveLength(32 * 40);
    expect(await large.cosines()).toHaveLength(32 * 40); // asked again
    const old = model.trainStep(batch, STEP);
    model.trainStep(batch, STEP);
    expect(await old.cosines()).toSatisfy((found) => found === undefined || tf.getBackend() !== "webgpu");
    model.dispose();
  });

  it("leaks no tensor, and memory is flat over many steps", async () => {
    const before = tf.memory().numTensors;
    const model = createModel(tinyWeights(tinyConfig({ layers: 1, width: 4, feedForward: 4 })));
    const held = tf.memory().numTensors;
    const step = async (i: number) => {
      const handle = model.trainStep(tinyBatch(2, 1, `leak ${i % 7}`), STEP);
      if (i % 10 === 0) await handle.losses();
    };
    for (let i = 0; i < 21; i++) await step(i); // every shape three times
    const after = tf.memory();
    for (let i = 0; i < longRun; i++) await step(i);
    await model.encode(rowsOf([[1], [2, 3]]));
    const end = tf.memory();
    if (tf.getBackend() !== "webgpu") expect(end.numTensors).toBe(held);
    else {
      expect(end.numTensors).toBeLessThanOrEqual(held + 512); // unread losses, bounded
      const allocated = (memory: tf.MemoryInfo) =>
        (memory as unknown as Record<string, number>).numBytesAllocatedInGPU!;
      expect(allocated(end)).toBeLessThan(allocated(after) * 1.1 + 512 * 64);
    }
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves rows outside the batch and frozen embeddings alone", async () => {
    const weights = tinyWeights(tinyConfig({ vocabSize: VOCAB + 1, layers: 1 }));
    const open = createModel(weights);
    open.trainStep(tinyBatch(4, 1, "rows"), STEP);
    const name = "embeddings.word_embeddings.weight";
    const [start, after] = [weights.tensors[name]!.data, (await open.weights()).tensors[name]!.data];
    expect(after.slice(VOCAB * 8)).toEqual(start.slice(VOCAB * 8)); // no batch has token VOCAB
    expect(after.slice(0, VOCAB * 8)).not.toEqual(start.slice(0, VOCAB * 8));
    const frozen = createModel({ ...weights, config: { ...weights.config, frozen: "embeddings" } });
    frozen.trainStep(tinyBatch(4, 1, "rows"), STEP);
    const moved = (await frozen.weights()).tensors;
    const changed = Object.keys(moved).filter((key) =>
      moved[key]!.data.some((x, i) => x !== weights.tensors[key]!.data[i]),
    );
    expect(Object.keys(moved).filter((key) => !changed.includes(key))).toEqual([
      "embeddings.word_embeddings.weight",
      "embeddings.position_embeddings.weight",
      "embeddings.LayerNorm.weight",
      "embeddings.LayerNorm.bias",
    ]);
    open.dispose();
    frozen.dispose();
  });

  it("encodes in the order given, equal texts to equal bits, in any company", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const texts = [[3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [3, 4], [5]];
    const together = await model.encode(rowsOf(texts));
    expect(together.slice(0, 8)).toEqual(together.slice(16, 24));
    for (const [i, text] of texts.entries()) {
      expect(await model.encode(rowsOf([text]))).toEqual(together.slice(i * 8, i * 8 + 8));
    }
    await expect(model.encode(rowsOf(texts), AbortSignal.abort(new Error("stopped")))).rejects.toThrow(
      "stopped",
    );
    await expect(model.encode(rowsOf([[1, VOCAB]]))).rejects.toThrow("Token 1 of text 0 has id 24");
    await expect(model.encode(rowsOf([new Array(17).fill(1)]))).rejects.toThrow("Text 0 has 17 tokens");
    model.dispose();
  });

  it("scores equal passages equally, whatever their columns", async () => {
    const random = createRandom(3);
    const width = 24;
    const unit = Float32Array.from({ length: width }, () => random.normal());
    const n = 4096 + 333; // two blocks, the second ragged
    const passages = Float32Array.from({ length: n * width }, () => random.normal());
    const places = [0, 1, 2, 3, 5, 17, 31, 32, 63, 64, 100, 4000, 4094, 4095, 4096, 4097, 4400, n - 1];
    for (const place of places) passages.set(unit, place * width);
    const scorer = createScorer(passages, width);
    const queries = Float32Array.from({ length: 7 * width }, () => random.normal());
    const scores = await scorer.scores(queries);
    scorer.dispose();
    for (let q = 0; q < 7; q++) {
      for (const place of places) expect(scores[q * n + place]).toBe(scores[q * n]);
      const j = 1234;
      let exact = 0;
      for (let d = 0; d < width; d++) exact += queries[q * width + d]! * passages[j * width + d]!;
      expect(Math.abs(scores[q * n + j]! - exact)).toBeLessThan(1e-5);
    }
  });
}
