// Lends the memory of tensors on the cpu and wasm backends as typed arrays. Never copies, never used on webgpu.
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { placeOf, type Operand } from "./operand.ts";

/** What the cpu backend keeps of a tensor; its `data` map is public in JavaScript, absent from core's types. */
interface CpuBackend {
  readonly data: { get(id: tf.DataId): { values: Float32Array | Int32Array } };
}

/**
 * Views of the operands' own memory, writable, in the order given.
 *
 * A view is valid until the next tensor is made: on wasm an allocation may move the heap.
 * @throws Error on a backend that has no such memory
 */
export function arraysOf(operands: readonly Operand[]): (Float32Array | Int32Array)[] {
  const name = tf.getBackend();
  const views = (whole: (tensor: tf.Tensor) => Float32Array | Int32Array) =>
    operands.map((operand) => {
      const { tensor, offset, size } = placeOf(operand);
      const values = whole(tensor);
      return size === values.length ? values : values.subarray(offset, offset + size);
    });
  if (name === "wasm") {
    const backend = tf.backend() as unknown as BackendWasm; // the class lives in the backend's package
    return views((tensor) => backend.typedArrayFromHeap(tensor) as Float32Array | Int32Array);
  }
  if (name === "cpu") {
    const backend = tf.backend() as unknown as CpuBackend;
    return views((tensor) => backend.data.get(tensor.dataId).values);
  }
  throw new Error(`arraysOf: backend "${name}" has no typed arrays, only "wasm" and "cpu" have`);
}

/** True where own kernels run over typed arrays, so that reading a result costs a copy and no wait. */
export function hasArrays(): boolean {
  return tf.getBackend() !== "webgpu";
}

/** Whether what is read of a tensor is an array of the reader's own: cpu and webgpu keep it. */
export function readsCopies(): boolean {
  return tf.getBackend() === "wasm";
}
