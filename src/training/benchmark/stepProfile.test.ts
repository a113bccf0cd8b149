// Kernel times by a clock that is given, and their sums by kind.
import { beforeAll, describe, expect, it } from "vitest";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "../model/model.ts";
import { kernelTimes, kindOf, sharesBy, sharesText } from "./stepProfile.ts";
import { inventBatch, inventWeights, SMALL, STEP_OPTIONS } from "./stepShape.ts";

const time = (name: string, ms: number) => ({ name, sizes: {}, ms });

describe("shares of a step", () => {
  it("are summed by kind, the longest first, and told from a hundredth on", () => {
    const times = [
      time("productNNTiled", 3),
      time("adamwDense", 2),
      time("productTNTiled", 4),
      time("poolForward", 0.05),
    ];
    expect(sharesBy(times, ({ name }) => kindOf(name))).toEqual([
      { name: "products", ms: 7, calls: 2 },
      { name: "optimiser", ms: 2, calls: 1 },
      { name: "pooling", ms: 0.05, calls: 1 },
    ]);
    expect(sharesText(times)).toBe("products 77 %, optimiser 22 %"); // 7 and 2 of 9.05
    expect(sharesText([time("contrastive", 0)])).toBe("too short for this clock");
  });
});

describe("kernel times on wasm", () => {
  beforeAll(async () => {
    await startNodeBackend("wasm");
  });

  it("are of every kernel of the step, with its sizes, and end with the step", async () => {
    const model = createModel(inventWeights({ ...SMALL, layers: 1, width: 16, feedForward: 32, pairs: 4 }));
    const batch = inventBatch({ ...SMALL, pairs: 4 }, 1);
    let ms = 0;
    const clock = () => (ms += 5);
    const times = (await kernelTimes(() => model.trainStep(batch, STEP_OPTIONS).losses(), clock))!;
    expect(times.every((one) => one.ms === 5)).toBe(true);
    expect(times.filter(({ name }) => kindOf(name) === "others")).toEqual([]);
    // 4 pairs of 24 tokens are 192 places: qkv is (192, 16) times (16, 48).
    expect(times.find(({ name }) => name.startsWith("product"))!.sizes).toEqual({ n: 192, k: 16, m: 48 });
    const counted = ms;
    await model.trainStep(batch, STEP_OPTIONS).losses();
    expect(ms).toBe(counted); // nobody watches any more
    model.dispose();
  });
});
