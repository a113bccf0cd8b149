// Kernel times by the GPU's own clock: all launches of a step, and the same numbers as without a clock.
import { expect, it } from "vitest";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { launchCount } from "../engine/gpuDispatch.ts";
import { hasGpuClock } from "../engine/gpuTimes.ts";
import { createModel } from "../model/model.ts";
import { kernelTimes, kindOf } from "./stepProfile.ts";
import { inventBatch, inventWeights, STEP_OPTIONS } from "./stepShape.ts";

await describeGpu("kernel times on webgpu", () => {
  it("are of every launch, and change no number", async () => {
    await startNodeBackend("webgpu");
    expect(hasGpuClock()).toBe(true); // SwiftShader has one
    const sizes = { layers: 1, width: 16, feedForward: 32, heads: 2, pairs: 4, length: 8, vocabSize: 64 };
    const losses: Float32Array[] = [];
    const launches: number[] = [];
    for (const timed of [false, true]) {
      const model = createModel(inventWeights(sizes));
      const step = async () => {
        const before = launchCount();
        losses.push(await model.trainStep(inventBatch(sizes, 1), STEP_OPTIONS).losses());
        launches.push(launchCount() - before);
      };
      if (!timed) await step();
      else {
        const times = (await kernelTimes(step, () => 0))!;
        expect(times).toHaveLength(launches[1]!);
        expect(new Set(times.map(({ name }) => kindOf(name)))).toContain("products");
        expect(times.reduce((sum, { ms }) => sum + ms, 0)).toBeGreaterThan(0);
      }
      model.dispose();
    }
    expect(launches[1]).toBe(launches[0]);
    expect(losses[1]).toEqual(losses[0]);
  });
});
