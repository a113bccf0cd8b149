// Distillation in WGSL, and what a teacher costs in launches.
import { beforeAll, expect, it } from "vitest";
import { distillationSuite, tinyTeacher } from "../../testing/engine/distillationSuite.ts";
import { STEP, tinyBatch, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "../model/model.ts";

/** Dispatches of `work`, whoever asks for them. */
async function launchesOf(work: () => unknown): Promise<number> {
  const prototype = GPUComputePassEncoder.prototype;
  const original = Object.getOwnPropertyDescriptor(prototype, "dispatchWorkgroups")!;
  let launches = 0;
  prototype.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...args) {
    launches++;
    (original.value as typeof this.dispatchWorkgroups).apply(this, args);
  };
  try {
    await work();
  } finally {
    Object.defineProperty(prototype, "dispatchWorkgroups", original);
  }
  return launches;
}

await describeGpu("distillation on webgpu", () => {
  beforeAll(async () => {
    await startNodeBackend("webgpu");
  });
  distillationSuite({ coordinates: 1 });

  it("adds one launch for vectors, two for scores, and none to a step without a teacher", async () => {
    const model = createModel(tinyWeights(tinyConfig({ layers: 1 })));
    const batch = tinyBatch(4, 2, "launches");
    const teachers = ["mse", "cosine", "scores"] as const;
    const inputs = [batch, ...teachers.map((kind) => ({ ...batch, teacher: tinyTeacher(batch, kind, 0.5) }))];
    await model.trainStep(inputs[0]!, STEP).losses(); // what the first step alone must do is done
    const counts: number[] = [];
    for (const input of inputs) counts.push(await launchesOf(() => model.trainStep(input, STEP).losses()));
    const [alone, ...taught] = counts as [number, number, number, number];
    expect(alone).toBeGreaterThan(20); // the counter counts
    expect(taught.map((count) => count - alone)).toEqual([1, 1, 2]);
    model.dispose();
  });
});
