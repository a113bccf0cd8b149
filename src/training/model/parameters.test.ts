// Weights to the device and back: every number in its place, whatever lies between; and which parameters there are.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { isCollected } from "../../testing/isCollected.ts";
import { SLICE_ALIGNMENT } from "../engine/operand.ts";
import { checkpointOf, checkpointTensors } from "./checkpointTensors.ts";
import { checkEncoderConfig, parameterSpecs, type EncoderConfig } from "./encoderConfig.ts";
import { createEncoder } from "./createEncoder.ts";
import { createModel } from "./model.ts";
import { disposeParameters, downloadParameters, Gradients, uploadParameters } from "./parameters.ts";
import type { Checkpoint, ModelWeights } from "./weights.ts";

const LAYERS = tinyConfig({ layers: 2 });

/** Moments that differ from the weights and from each other, of what trains. */
function checkpointOfWeights(weights: ModelWeights): Checkpoint {
  const training = parameterSpecs(weights.config).flatMap(({ parts, trains }) => (trains ? parts : []));
  const scaled = (factor: number) =>
    Object.fromEntries(
      training.map((name) => {
        const { shape, data } = weights.tensors[name]!;
        return [name, { shape, data: data.map((value) => value * factor) }];
      }),
    );
  return { weights, firstMoments: scaled(0.5), secondMoments: scaled(-3), steps: 7 };
}

describe.each(["cpu", "wasm"] as const)("parameters on %s", (backend) => {
  beforeAll(async () => void (await startNodeBackend(backend)));

  it.each<[string, Partial<EncoderConfig>]>([
    ["a bag", {}],
    ["a bag without token weights: nothing dense", { tokenWeights: "uniform" }],
    ["layers", { layers: 2 }],
    ["layers with frozen embeddings", { layers: 1, frozen: "embeddings" }],
    [
      "layers with a dense head",
      { layers: 1, pooling: "cls", dense: { outputs: 5, bias: true, activation: "tanh" } },
    ],
  ])("%s come back bit for bit with their moments, and leave nothing behind", async (_, changes) => {
    const before = tf.memory().numTensors;
    const checkpoint = checkpointOfWeights(tinyWeights(tinyConfig(changes)));
    const parameters = uploadParameters(checkpoint.weights, checkpoint);
    expect(await downloadParameters(parameters, "value")).toEqual(checkpoint.weights.tensors);
    expect(await downloadParameters(parameters, "m")).toEqual(checkpoint.firstMoments);
    expect(await downloadParameters(parameters, "v")).toEqual(checkpoint.secondMoments);
    disposeParameters(parameters);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ["a model", createModel],
    ["an encoder", createEncoder],
  ])("%s holds none of what it was made of", async (_, create) => {
    const make = () => {
      const weights = tinyWeights(LAYERS);
      return { model: create(weights), seen: new WeakRef(weights.tensors) };
    };
    const { model, seen } = make();
    expect(await isCollected(seen)).toBe(true);
    model.dispose();
  });

  it("begin without moments where there is no checkpoint", async () => {
    const parameters = uploadParameters(tinyWeights(LAYERS));
    for (const { data } of Object.values(await downloadParameters(parameters, "m")))
      expect(data.every((value) => value === 0)).toBe(true);
    disposeParameters(parameters);
  });

  it("lie where a GPU can bind them, those that decay first, none upon another", () => {
    const parameters = uploadParameters(tinyWeights(LAYERS));
    const dense = [...parameters.values()].filter(({ gradient }) => gradient !== undefined);
    const places = dense.map(({ spec, gradient }) => {
      const size = gradient!.shape.reduce((a, b) => a * b, 1);
      return { start: gradient!.offset, end: gradient!.offset + size, decays: spec.decays };
    });
    places.sort((a, b) => a.start - b.start);
    const { decaying, value } = parameters.dense!;
    for (const [i, { start, end, decays }] of places.entries()) {
      expect(start % SLICE_ALIGNMENT).toBe(0);
      expect(end).toBeLessThanOrEqual(places[i + 1]?.start ?? value.size);
      expect(start < decaying).toBe(decays);
    }
    disposeParameters(parameters);
  });

  it("have places for gradients of what is dense and trains, and for nothing else", () => {
    const parameters = uploadParameters(tinyWeights(tinyConfig({ layers: 1, frozen: "embeddings" })));
    const gradients = new Gradients(parameters);
    expect(gradients.place("encoder.layer.0.output.dense.bias").shape).toEqual([8]);
    for (const name of ["embeddings.LayerNorm.bias", "pooling.token_weights", "none"])
      expect(() => gradients.place(name)).toThrow(`"${name}" is not a dense parameter that trains`);
    expect(
      ["pooling.token_weights", "embeddings.word_embeddings.weight", "none"].map((name) =>
        gradients.wants(name),
      ),
    ).toEqual([true, false, false]);
    disposeParameters(parameters);
  });

  it("are refused by name where one is missing, misshapen or of another length than its shape", () => {
    const { config, tensors } = tinyWeights(LAYERS);
    const name = "encoder.layer.1.attention.self.value.weight";
    const without = Object.fromEntries(Object.entries(tensors).filter(([key]) => key !== name));
    const withOne = (shape: number[], size: number) => ({
      config,
      tensors: { ...tensors, [name]: { shape, data: new Float32Array(size) } },
    });
    expect(() => uploadParameters({ config, tensors: without })).toThrow(
      `Encoder weights lack "${name}", expected with shape (8, 8)`,
    );
    expect(() => uploadParameters(withOne([4, 16], 64))).toThrow(
      `Encoder weight "${name}" has shape (4, 16) with 64 numbers, expected (8, 8)`,
    );
    expect(() => uploadParameters(withOne([8, 8], 63))).toThrow("has shape (8, 8) with 63 numbers");
    const checkpoint = checkpointOfWeights({ config, tensors });
    const { [name]: _, ...fewer } = checkpoint.secondMoments;
    expect(() => uploadParameters({ config, tensors }, { ...checkpoint, secondMoments: fewer })).toThrow(
      `Encoder weights lack "${name}"`,
    );
  });
});

describe("a checkpoint under one name a tensor", () => {
  it("comes back as it was, from among other tensors", () => {
    const checkpoint = checkpointOfWeights(tinyWeights(tinyConfig({ layers: 1, frozen: "embeddings" })));
    const tensors = checkpointTensors(checkpoint);
    const other = { shape: [1], data: Float32Array.of(1) };
    const among = { ...tensors, "start/words": other, value: other, mine: other };
    expect(checkpointOf(among, 7, checkpoint.weights.config)).toEqual(checkpoint);
    expect(Object.keys(tensors)).toContain("m/encoder.layer.0.output.dense.weight");
    expect(Object.keys(tensors)).not.toContain("m/embeddings.word_embeddings.weight"); // frozen
  });
});

describe("the parameters of a config", () => {
  const numbersOf = (config: EncoderConfig) =>
    parameterSpecs(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

  it("are as many as BERT base has, but for its pooler and token types", () => {
    const bert = { vocabSize: 30_522, width: 768, layers: 12, heads: 12, feedForward: 3072, maxTokens: 512 };
    const config: EncoderConfig = { ...bert, pooling: "cls", tokenWeights: "uniform", frozen: "nothing" };
    // 109,482,240 in bert-base-uncased; its pooler has 768 * 768 + 768, its token types 2 * 768
    expect(numbersOf(config)).toBe(109_482_240 - (768 * 768 + 768) - 2 * 768);
  });

  it("train, decay and go by row as their kind asks", () => {
    const specs = parameterSpecs(tinyConfig({ layers: 1 }));
    const flags = (name: string) => {
      const { decays, byRow, trains } = specs.find((spec) => spec.name === name)!;
      return [decays, byRow, trains];
    };
    expect(flags("embeddings.word_embeddings.weight")).toEqual([true, true, true]);
    expect(flags("embeddings.position_embeddings.weight")).toEqual([true, false, true]);
    expect(flags("encoder.layer.0.output.dense.weight")).toEqual([true, false, true]);
    expect(flags("encoder.layer.0.output.dense.bias")).toEqual([false, false, true]);
    expect(flags("encoder.layer.0.output.LayerNorm.weight")).toEqual([false, false, true]);
    expect(flags("pooling.token_weights")).toEqual([false, true, true]);
  });

  it.each<[EncoderConfig["frozen"], readonly string[]]>([
    ["nothing", []],
    ["tokenWeights", ["pooling.token_weights"]],
    [
      "embeddings",
      [
        "embeddings.word_embeddings.weight",
        "embeddings.position_embeddings.weight",
        "embeddings.LayerNorm.weight",
        "embeddings.LayerNorm.bias",
      ],
    ],
  ])("with %s frozen", (frozen, still) => {
    const specs = parameterSpecs(tinyConfig({ layers: 2, frozen }));
    expect(specs.filter(({ trains }) => !trains).map(({ name }) => name)).toEqual(still);
  });

  it.each<[Partial<EncoderConfig>, string]>([
    [{ vocabSize: 0 }, "encoder.vocabSize must be an integer >= 1, got 0"],
    [{ maxTokens: NaN }, "encoder.maxTokens must be an integer >= 1, got NaN"],
    [{ layers: -1 }, "encoder.layers must be an integer >= 0, got -1"],
    [{ layers: 1, feedForward: 0 }, "encoder.feedForward must be an integer >= 1, got 0"],
    [{ layers: 1, heads: 0 }, "encoder.heads must be an integer >= 1, got 0"],
    [{ pooling: "max" }, 'encoder.pooling must be "mean" with 0 layers'],
    [
      { dense: { outputs: 4, bias: true, activation: "tanh" }, tokenWeights: "uniform" },
      "encoder.dense needs layers, and pooling without token weights",
    ],
    [{ layers: 1, dense: { outputs: 4, bias: true, activation: "tanh" } }, "encoder.dense needs layers"],
  ])("%o are refused", (changes, message) => {
    expect(() => checkEncoderConfig(tinyConfig(changes))).toThrow(message);
  });

  it("without layers ask nothing of heads and inner width", () => {
    expect(() => checkEncoderConfig(tinyConfig({ heads: 3, feedForward: 0 }))).not.toThrow();
  });
});
