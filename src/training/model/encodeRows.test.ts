// Encoding and scoring at their ends: no texts, more than a block, an end while it works; and vectors that fit nothing.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { rowsOf, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createEncoder } from "./createEncoder.ts";
import { createModel } from "./model.ts";
import { createScorer } from "./scorer.ts";

describe.each(["cpu", "wasm"] as const)("encoding on %s", (backend) => {
  beforeAll(async () => void (await startNodeBackend(backend)));

  it.each([0, 1])("of nothing is nothing, of texts without tokens zeros, %i layers", async (layers) => {
    const before = tf.memory().numTensors;
    const model = createModel(tinyWeights(tinyConfig({ layers })));
    expect(await model.encode(rowsOf([]))).toHaveLength(0);
    expect(await model.encode(rowsOf([[], []]))).toEqual(new Float32Array(16));
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives each of more texts than a block the vector it has alone, copies too", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const texts = Array.from({ length: 150 }, (_, i) => [
      i % 24,
      (i * 7) % 24,
      ...(i % 3 === 0 ? [1, 2, 3, 4, 5, 6, 7] : []),
    ]);
    const all = await model.encode(rowsOf(texts));
    for (const i of [0, 63, 64, 65, 120, 149])
      expect(await model.encode(rowsOf([texts[i]!])), `text ${i}`).toEqual(all.slice(i * 8, i * 8 + 8));
    model.dispose();
  });

  it("tells after each block how many texts are read, copies among them", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const texts = Array.from({ length: 150 }, (_, i) => [i % 24, Math.floor(i / 24) % 6, 1]); // 144 distinct ones
    const told: number[] = [];
    await model.encode(rowsOf(texts), undefined, (read) => told.push(read));
    expect(told).toEqual([70, 134, 150]); // blocks of 64 distinct texts; the first six stand twice
    model.dispose();
  });

  it.each([0, 2])("is bit for bit what a model in training gives, %i layers", async (layers) => {
    const weights = tinyWeights(tinyConfig({ layers }));
    const [model, encoder] = [createModel(weights), createEncoder(weights)];
    const texts = rowsOf(Array.from({ length: 70 }, (_, i) => [i % 24, (i * 7) % 24, i % 5]));
    expect(await encoder.encode(texts)).toEqual(await model.encode(texts));
    model.dispose();
    encoder.dispose();
  });

  it("ends between blocks when it is told to, and leaves no tensor", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const held = tf.memory().numTensors;
    const texts = Array.from({ length: 2000 }, (_, i) => [
      i % 24,
      Math.floor(i / 24) % 24,
      Math.floor(i / 576),
    ]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("left the page")));
    await expect(model.encode(rowsOf(texts), stop.signal)).rejects.toThrow("left the page");
    expect(tf.memory().numTensors).toBe(held);
    model.dispose();
  });

  it.each([1, 64, 65, 1024, 1025, 2409, 100_000])(
    "multiplies a pool of %i passages with few columns of none",
    (n) => {
      const scorer = createScorer(new Float32Array(n), 1);
      const blocks = Math.ceil(n / scorer.blockColumns);
      expect(blocks).toBe(Math.ceil(n / 1024));
      expect(blocks * scorer.blockColumns - n).toBeLessThan(64 * blocks);
      expect(scorer.blockColumns % 64).toBe(0); // whole tiles
      scorer.dispose();
    },
  );

  it("scores an empty pool and no query, and refuses vectors of another width", async () => {
    const empty = createScorer(new Float32Array(0), 4);
    expect(await empty.scores(new Float32Array(8))).toHaveLength(0);
    empty.dispose();
    const scorer = createScorer(Float32Array.of(1, 0, 0, 2), 2);
    expect(await scorer.scores(new Float32Array(0))).toHaveLength(0);
    expect([...(await scorer.scores(Float32Array.of(3, 5)))]).toEqual([3, 10]);
    await expect(scorer.scores(new Float32Array(3))).rejects.toThrow(
      "queries has 3 numbers, not a multiple of width 2",
    );
    scorer.dispose();
    expect(() => createScorer(new Float32Array(5), 2)).toThrow(
      "passages has 5 numbers, not a multiple of width 2",
    );
  });
});
