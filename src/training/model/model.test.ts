// Training and encoding on the backends that run anywhere.
import { beforeAll, describe, expect, it } from "vitest";
import { modelSuite, STEP, tinyBatch, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "./model.ts";

describe.each(["cpu", "wasm"] as const)("model on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  modelSuite({ longRun: 1000, coordinates: 3 });
});

describe("what a step refuses", () => {
  beforeAll(async () => {
    await startNodeBackend("cpu");
  });

  it("names the argument, its value and what would be right", () => {
    const model = createModel(tinyWeights(tinyConfig()));
    const batch = tinyBatch(2, 1, "refused");
    const step =
      (changes: object, options = STEP) =>
      () =>
        model.trainStep({ ...batch, ...changes }, options);
    expect(step({ k: 2 })).toThrow("passages (B * k) must be 4, got 2");
    expect(step({ negatives: new Uint8Array(3) })).toThrow(
      "length of negatives (B * B * k) must be 4, got 3",
    );
    expect(step({ negatives: new Uint8Array(4).fill(1) })).toThrow("passage 0 is a positive of query 0");
    expect(step({ rowWeights: new Float32Array(1) })).toThrow("length of rowWeights (B) must be 2, got 1");
    expect(step({}, { ...STEP, temperature: 0 })).toThrow("temperature must be > 0, got 0");
    model.dispose();
  });

  it("says which weight is missing or misshapen", () => {
    const weights = tinyWeights(tinyConfig({ layers: 1 }));
    const { "embeddings.LayerNorm.bias": bias, ...rest } = weights.tensors;
    expect(() => createModel({ ...weights, tensors: rest })).toThrow('lack "embeddings.LayerNorm.bias"');
    const name = "encoder.layer.0.output.dense.weight";
    const tensors = { ...weights.tensors, [name]: bias! };
    expect(() => createModel({ ...weights, tensors })).toThrow(
      `"${name}" has shape (8) with 8 numbers, expected (8, 12)`,
    );
  });
});
