// What a GPU's failures turn into. Its own file: a device that failed stays failed.
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { onDeviceLost } from "./backend.ts";
import { defineKernel, runKernel } from "./kernel.ts";

const copy = (wgsl: string) =>
  defineKernel({
    name: wgsl,
    buffers: { x: "in f32", y: "out f32" },
    params: {},
    onArrays: ({ x, y }) => y.set(x),
    lanes: 1,
    groups: () => 1,
    wgsl,
  });

await describeGpu("webgpu failures", () => {
  it("names the adapter", async () => {
    const report = await startNodeBackend("webgpu");
    expect(report.backend).toBe("webgpu");
    expect(report.adapter).toMatch(/\w/);
  });

  it("throws from the next kernel on once WGSL was refused, instead of computing with garbage", async () => {
    const good = copy("y[0] = x[0];");
    const x = tf.tensor1d([3]);
    const { y } = runKernel(good, { x }, { y: [1] }, {});
    expect((await y.data())[0]).toBe(3);
    runKernel(copy("y[0] = x[0] + nothing;"), { x }, { y: [1] }, {});
    await tf.tensor1d([1]).data();
    await new Promise((resolve) => setTimeout(resolve, 50)); // errors come by a later task
    expect(() => runKernel(good, { x }, { y: [1] }, {})).toThrow("The GPU device failed");
  });

  it("tells listeners of a lost device until they stop listening", async () => {
    const heard: string[] = [];
    const stop = onDeviceLost(() => heard.push("stopped listener"));
    onDeviceLost((reason) => heard.push(reason));
    stop();
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    device.destroy();
    await device.lost;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(heard).toHaveLength(1);
  });

  it("starts again on a new device after the loss", async () => {
    await startNodeBackend("webgpu");
    const { y } = runKernel(copy("y[0] = x[0];"), { x: tf.tensor1d([4]) }, { y: [1] }, {});
    expect((await y.data())[0]).toBe(4);
  });
});
