// A measurement on the quickest backend there is for tests: every case gives figures, a stop ends it, nothing stays behind.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { evaluateByCounting, inventEvaluation } from "./evaluationTask.ts";
import { runBenchmark, sizesFor, type BenchmarkSizes } from "./runBenchmark.ts";
import { inventBatch, inventWeights, SMALL, stepFlops } from "./stepShape.ts";

/** A clock that moves 10 ms at each look, so that every round takes as long. */
function createClock() {
  let ms = 0;
  return () => (ms += 10);
}

const SIZES: BenchmarkSizes = {
  side: 64,
  steps: [
    { ...SMALL, layers: 0 },
    { ...SMALL, layers: 1, width: 16, feedForward: 32, pairs: 8 },
  ],
  pools: [25, 200],
};

describe("measuring a device", () => {
  beforeAll(async () => {
    await startNodeBackend("wasm");
  });

  it("gives each case's figures by the clock it is given, and leaves no tensor", async () => {
    const before = tf.memory().numTensors;
    const told: string[] = [];
    const rows = await runBenchmark(
      {
        nowMs: createClock(),
        gate: () => Promise.resolve(),
        progress: (done, total, label) => void told.push(`${done}/${total} ${label}`),
      },
      SIZES,
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(told[0]).toBe("0/5 matrix product, 64 × 64 × 64");
    expect(told.at(-1)).toBe("5/5 ");
    expect(rows.map(({ id }) => id)).toEqual([
      "product",
      "step/0x128",
      "step/0x128/pairs",
      "step/0x128/kernels",
      "step/1x16",
      "step/1x16/pairs",
      "step/1x16/kernels",
      "evaluation/100",
      "evaluation/800",
    ]);
    const value = (id: string) => rows.find((row) => row.id === id)!.value;
    expect(value("product")).toBeCloseTo((2 * 64 ** 3) / 10 / 1e6, 9); // each round takes 10 ms
    expect(value("step/1x16")).toBe(10);
    expect(value("step/1x16/pairs")).toBe(800); // 8 pairs in 10 ms
    expect(value("evaluation/100")).toBe((4 * 25 * 100) / 10 / 1000); // as many questions as answers
    expect(value("evaluation/800")).toBe((4 * 150 * 800) / 10 / 1000);
    const kernels = rows.find(({ id }) => id === "step/1x16/kernels")!;
    expect(kernels.value).toBeGreaterThan(200); // 10 ms each, and a layer alone has 24
    expect(kernels.note).toContain("products");
    const single = (id: string) => id.endsWith("/kernels");
    const steady = rows.every(
      ({ id, least, most, rounds }) => least === most && rounds === (single(id) ? 1 : 5),
    );
    expect(steady).toBe(true);
  });

  it("ends with the gate's reason, and disposes what it made", async () => {
    const before = tf.memory().numTensors;
    let gates = 0;
    const stopped = runBenchmark(
      {
        nowMs: createClock(),
        gate: () => (++gates > 8 ? Promise.reject(new Error("stopped")) : Promise.resolve()),
        progress: () => undefined,
      },
      SIZES,
    );
    await expect(stopped).rejects.toThrow("stopped"); // in the second case, with a model made
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("what is measured", () => {
  it("is the shapes of the bench on wasm, up to six layers", () => {
    const { side, steps } = sizesFor();
    expect([side, ...steps.map(({ layers, width }) => [layers, width])]).toEqual([
      512,
      [0, 128],
      [2, 128],
      [6, 384],
    ]);
  });

  it("counts a step's products", () => {
    // one layer, D 4, F 8, 2 pairs of 3 tokens: n = 12; 3 (12 (2 (4 * 16 + 2 * 32) + 4 * 3 * 4) + 2 * 4 * 4)
    const shape = { layers: 1, width: 4, feedForward: 8, heads: 1, pairs: 2, length: 3, vocabSize: 10 };
    expect(stepFlops(shape)).toBe(3 * (12 * (256 + 48) + 32));
  });

  it("invents texts of the length asked for, ragged ones if wanted", () => {
    const lengths = (ragged: boolean) => {
      const { offsets } = inventBatch(SMALL, 1, ragged).queries;
      return new Set(Array.from({ length: SMALL.pairs }, (_, i) => offsets[i + 1]! - offsets[i]!));
    };
    expect([...lengths(false)]).toEqual([24]);
    expect(lengths(true).size).toBeGreaterThan(5);
    expect(inventWeights({ ...SMALL, layers: 0 }).config).toMatchObject({
      layers: 0,
      width: 128,
      vocabSize: 8192,
    });
  });

  it("invents evaluations whose answers are found better than by chance", async () => {
    const { values, pool, queries } = await evaluateByCounting(inventEvaluation([50, 50], 20));
    expect([pool, queries]).toEqual([100, 40]);
    expect(values["map/multi"]!).toBeGreaterThan(0.3); // chance: about 2 right ones among 100
  });
});
