// What a GPU's failures turn into. Its own file: a device that failed stays failed.
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { DeviceError } from "../../core/machineError.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { onDevice } from "./deviceFailure.ts";
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
    expect(() => runKernel(good, { x }, { y: [1] }, {})).toThrow(DeviceError);
    expect(() => runKernel(good, { x }, { y: [1] }, {})).toThrow(
      /^The graphics device failed \(.*\); start the run again, or set compute\.backend to wasm$/,
    );
  });

  it("takes a new device after a failure", async () => {
    await startNodeBackend("webgpu");
    const { y } = runKernel(copy("y[0] = x[0];"), { x: tf.tensor1d([5]) }, { y: [1] }, {});
    expect((await y.data())[0]).toBe(5);
  });

  it("says that memory is out where it is", async () => {
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    const error = new GPUOutOfMemoryError("Buffer of 64 GiB");
    const work = onDevice(() => new Promise(() => undefined));
    device.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    await expect(work).rejects.toThrow(
      "The graphics device ran out of memory (Buffer of 64 GiB); choose fewer languages, a smaller batch.size or a " +
        "smaller encoder, or set compute.backend to wasm",
    );
    await startNodeBackend("webgpu");
  });

  it("ends what waits for a device that is lost", async () => {
    const work = onDevice(() => new Promise(() => undefined));
    (tf.backend() as unknown as { device: GPUDevice }).device.destroy();
    await expect(work).rejects.toThrow(
      /^The graphics device was lost \(.*[^.]\); start the run again, or set compute\.backend to wasm$/,
    );
  });

  it("starts again on a new device after the loss", async () => {
    await startNodeBackend("webgpu");
    const { y } = runKernel(copy("y[0] = x[0];"), { x: tf.tensor1d([4]) }, { y: [1] }, {});
    expect((await y.data())[0]).toBe(4);
  });
});
