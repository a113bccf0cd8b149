// Lends the memory of tensors on the cpu and wasm backends as typed arrays. Never copies, never used on webgpu.
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What the cpu backend keeps of a tensor; its `data` map is public in JavaScript, absent from core's types. */
interface CpuBackend {
  readonly data: { get(id: tf.DataId): { values: Float32Array | Int32Array } };
}

/**
 * Views of the tensors' own memory, writable, in the order given.
 *
 * A view is valid until the next tensor is made: on wasm an allocation may move the heap.
 * @throws Error on a backend that has no such memory
 */
export function arraysOf(tensors: readonly tf.Tensor[]): (Float32Array | Int32Array)[] {
  const name = tf.getBackend();
  if (name === "wasm") {
    const backend = tf.backend() as unknown as BackendWasm; // the class lives in the backend's package
    return tensors.map((t) => backend.typedArrayFromHeap(t) as Float32Array | Int32Array);
  }
  if (name === "cpu") {
    const backend = tf.backend() as unknown as CpuBackend;
    return tensors.map((t) => backend.data.get(t.dataId).values);
  }
  throw new Error(`arraysOf: backend "${name}" has no typed arrays, only "wasm" and "cpu" have`);
}

/** True where own kernels run over typed arrays, so that reading a result costs a copy and no wait. */
export function hasArrays(): boolean {
  return tf.getBackend() !== "webgpu";
}
