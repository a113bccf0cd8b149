// Training and encoding in WGSL, and against the same steps on wasm.
import { beforeAll, expect, it } from "vitest";
import { modelSuite, tinyConfig, tinyWeights, trainFor } from "../../testing/engine/modelSuite.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";

await describeGpu("model on webgpu", () => {
  beforeAll(async () => {
    await startNodeBackend("webgpu");
  });
  // A software GPU takes 20 ms a step, so one coordinate a parameter; the kernels are checked in full beside this.
  modelSuite({
    longRun: 42,
    coordinates: 1,
    differentiated: ["bag, token weights", "one layer, token weights"],
  });

  it.each([0, 1])("follows wasm's curve within 1e-3 nats over 12 steps, %i layers", async (layers) => {
    const weights = tinyWeights(tinyConfig({ layers }));
    const gpu = await trainFor(weights, 12);
    await startNodeBackend("wasm");
    const wasm = await trainFor(weights, 12);
    await startNodeBackend("webgpu");
    // Rounding differs by 1e-7 a step; Adam's division by sqrt(v) lifts that where a gradient is near zero.
    gpu.curve.forEach((loss, i) => expect(Math.abs(loss - wasm.curve[i]!)).toBeLessThan(1e-3));
  });
});
