// What a training step holds at most, counted in tensors on wasm, against the estimate that a person is shown.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { estimateMemory } from "../../core/encoders/estimateMemory.ts";
import { rowsOf, STEP, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { watchKernels } from "../engine/kernel.ts";
import type { EncoderConfig } from "./encoderConfig.ts";
import { createEncoder } from "./createEncoder.ts";
import { createModel } from "./model.ts";

const MIB = 2 ** 20;

/** What the work gives, and the bytes of tensors it held at most above those that were there. */
async function watched<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly most: number }> {
  const held = tf.memory().numBytes;
  let most = 0;
  watchKernels((_name, _sizes, run) => {
    run();
    most = Math.max(most, tf.memory().numBytes - held);
  });
  try {
    const result = await work();
    return { result, most };
  } finally {
    watchKernels(undefined);
  }
}

/** Losses of a step of so many texts, half of them queries, and the bytes it held at most above the model's own. */
async function stepOf(config: EncoderConfig, texts: number, tokens: number) {
  const side = Array.from({ length: texts / 2 }, (_, i) =>
    Array.from({ length: tokens }, (_, t) => (7 * i + t) % config.vocabSize),
  );
  const rows = side.length;
  const model = createModel(tinyWeights(config));
  try {
    const negatives = Uint8Array.from({ length: rows * rows }, (_, at) => (at % (rows + 1) === 0 ? 0 : 1));
    const rowWeights = new Float32Array(rows).fill(1);
    const batch = { queries: rowsOf(side), passages: rowsOf(side), k: 1, negatives, rowWeights };
    return await watched(() => model.trainStep(batch, STEP).losses());
  } finally {
    model.dispose();
  }
}

beforeAll(async () => {
  await startNodeBackend("wasm");
});

it.each([1, 3])("is what was estimated, %i layers", async (layers) => {
  const config = tinyConfig({ layers, width: 24, heads: 4, feedForward: 96, maxTokens: 64 });
  const { most } = await stepOf(config, 40, 64);
  const { bytes, heldBytes } = estimateMemory(config, 40, 64);
  // Beside activations a step makes gradients, of few parameters here, ids and a loss.
  expect(Math.abs(most / (bytes - heldBytes) - 1)).toBeLessThan(0.05);
});

it("is less for 128 texts of 148 tokens, 12 heads, than one layer's probabilities would take", async () => {
  const probabilities = 4 * 128 * 12 * 148 ** 2; // float32: 128.3 MiB, more than a buffer of WebGPU must hold
  expect(probabilities).toBeGreaterThan(128 * MIB);
  const config = tinyConfig({ layers: 1, width: 24, heads: 12, feedForward: 24, maxTokens: 148 });
  const { result: losses, most } = await stepOf(config, 128, 148);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(most).toBeLessThan(64 * MIB);
});

/** Bytes that encoding held at most above the weights. */
async function encodingOf(config: EncoderConfig, texts: number, tokens: number): Promise<number> {
  const rows = Array.from({ length: texts }, (_, i) =>
    Array.from({ length: tokens }, (_, t) => (t === 0 ? Math.floor(i / 24) : i + t) % config.vocabSize),
  );
  const encoder = createEncoder(tinyWeights(config));
  try {
    return (await watched(() => encoder.encode(rowsOf(rows)))).most;
  } finally {
    encoder.dispose();
  }
}

it("of encoding is one layer's, however many there are, and no more for long texts than for 64 of 128 tokens", async () => {
  const config = (layers: number) =>
    tinyConfig({ layers, width: 24, heads: 4, feedForward: 96, maxTokens: 512 });
  // A place, where GELU is: its input, its output and its slope, F each, beside the attended state and the layer's input.
  const ofLayer = 4 * 8192 * (3 * 96 + 2 * 24);
  const around = 4 * 8192 * 3; // ids
  const six = await encodingOf(config(6), 64, 128);
  expect(six / (ofLayer + around)).toBeCloseTo(1, 1);
  expect(six).toBeLessThan(1.1 * (await encodingOf(config(1), 64, 128)));
  expect(await encodingOf(config(6), 64, 500)).toBeLessThan(1.1 * six);
});

it("of an encoder is its weights', without moments and gradients", () => {
  const config = tinyConfig({
    layers: 2,
    tokenWeights: "uniform",
    dense: { outputs: 4, bias: true, activation: "tanh" },
  });
  const weights = tinyWeights(config);
  const before = tf.memory().numBytes;
  const encoder = createEncoder(weights);
  const numbers = Object.values(weights.tensors).reduce((sum, { data }) => sum + data.length, 0);
  expect(tf.memory().numBytes - before).toBe(4 * numbers);
  encoder.dispose();
  expect(tf.memory().numBytes).toBe(before);
});
