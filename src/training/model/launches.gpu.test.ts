// What a training step asks of the GPU: few launches, no read-back but the losses, and the same bits every time.
import { beforeAll, expect, it } from "vitest";
import { STEP, tinyBatch, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "./model.ts";

/** Dispatches and buffer mappings of `work`, counted at the device, whoever asks for them. */
async function countCalls(work: () => unknown): Promise<{ launches: number; readBacks: number }> {
  const counts = { launches: 0, readBacks: 0 };
  const restore = [
    wrap(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => counts.launches++),
    wrap(GPUBuffer.prototype, "mapAsync", () => counts.readBacks++),
  ];
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return counts;
}

function wrap(prototype: object, name: string, count: () => void): () => void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>; // of native classes: looked up by name
  const original = methods[name]!;
  methods[name] = function (this: unknown, ...args) {
    count();
    return original.apply(this, args);
  };
  return () => (methods[name] = original);
}

await describeGpu("a training step on webgpu", () => {
  beforeAll(async () => {
    await startNodeBackend("webgpu");
  });

  it("launches at most 150 kernels for two layers, 25 for each further one, and reads only its losses", async () => {
    const launchesFor = async (layers: number) => {
      const model = createModel(tinyWeights(tinyConfig({ layers })));
      const step = () => model.trainStep(tinyBatch(4, 1, "launches"), { ...STEP, clipNorm: 1 });
      await step().losses(); // what the first step alone must do is done
      const two = await countCalls(() => [step(), step()]);
      expect(two.readBacks).toBe(0);
      const last = step();
      expect(await countCalls(() => last.losses())).toEqual({ launches: 0, readBacks: 1 });
      model.dispose();
      return two.launches / 2;
    };
    const [two, three] = [await launchesFor(2), await launchesFor(3)];
    expect(two).toBeGreaterThan(20); // the counter counts
    expect(two).toBeLessThanOrEqual(150);
    // Products 12, attention 2, norms 6, GELU 2, column sums 1.
    expect(three - two).toBeLessThanOrEqual(25);
  });

  // SwiftShader takes 1 ms a launch, so the layer repeats fewer steps than the bag.
  it.each([
    [0, 300],
    [1, 25],
  ])("%i layers repeat %i steps bit for bit, never waiting for the device", async (layers, steps) => {
    const run = async () => {
      const model = createModel(tinyWeights(tinyConfig({ layers })));
      const handles = Array.from({ length: steps }, (_, i) =>
        model.trainStep(tinyBatch(4, 1, `${i % 9}`), STEP),
      );
      const losses: number[] = [];
      for (const handle of handles) losses.push(...(await handle.losses()));
      const { tensors } = await model.weights();
      model.dispose();
      return { losses, tensors };
    };
    const [one, two] = [await run(), await run()];
    expect(one.losses.every(Number.isFinite)).toBe(true);
    expect(new Set(one.losses).size).toBeGreaterThan(2 * steps); // of 4 a step: it moved
    expect(two).toEqual(one);
  });
});
