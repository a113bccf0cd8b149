// Runs the lab's own kernels on whatever backend is active: typed arrays on cpu and wasm, WGSL on webgpu.
// Decides nothing about models. The arrays version of a kernel is its meaning; WGSL must agree with it.
import * as tf from "@tensorflow/tfjs-core";
import { arraysOf, hasArrays } from "./arrays.ts";
import { dispatch } from "./gpuDispatch.ts";
import type { BufferUse, Operand, ParamType, TensorSlice } from "./operand.ts";
import { pulse } from "./pulse.ts";
import { simd, type Simd } from "./simd.ts";
import type { WgslParts } from "./wgslModule.ts";

type Uses = Readonly<Record<string, BufferUse>>;
type Params = Readonly<Record<string, ParamType>>;
type ViewOf<U> = U extends "in i32" ? Int32Array : Float32Array;
type KeysOf<B extends Uses, U> = { [K in keyof B]: B[K] extends U ? K : never }[keyof B];

export interface KernelSpec<B extends Uses, P extends Params> {
  readonly name: string;
  readonly buffers: B; // at most 8 (the WebGPU default limit of storage buffers in a stage)
  readonly params: P;
  /** Over the whole tensors, row-major. Fixed order of summation: two equal calls give equal bits. */
  onArrays(buffers: { [K in keyof B]: ViewOf<B[K]> }, params: { [K in keyof P]: number }): void;
  /**
   * The same on wasm with SIMD, given the buffers' addresses; returns false, having done nothing, for sizes it does not
   * take. Agrees with `onArrays` but for the last bits of sums and of exp.
   */
  onSimd?(at: { [K in keyof B]: number }, params: { [K in keyof P]: number }, simd: Simd): boolean;
  /** Threads in a workgroup, available to WGSL as `LANES`. */
  readonly lanes: number;
  /** How many it makes, about, where that can be many seconds' worth. */
  multiplications?(params: { [K in keyof P]: number }): number;
  /** Workgroups to start. */
  groups(params: { [K in keyof P]: number }): number;
  /** Body of the entry point. Given: `group`, `lane`, `index = group * LANES + lane`, and `p.<param>`. */
  readonly wgsl: string;
  /** Declarations at module scope: functions, workgroup memory. */
  readonly wgslModule?: string;
}

export function defineKernel<const B extends Uses, const P extends Params>(
  spec: KernelSpec<B, P>,
): KernelSpec<B, P> {
  return spec;
}

/**
 * Runs `kernel` on the active backend.
 *
 * @param given operands for the `in` and `inout` buffers, borrowed; `inout` ones are changed in place
 * @param results for each `out` buffer a shape, to be allocated here and owned by the caller (or its tidy), or a slice
 *   to write into. Contents are undefined until written: a kernel writes every element of an `out` buffer.
 * @returns the tensors that were allocated
 */
export function runKernel<
  B extends Uses,
  P extends Params,
  R extends { [K in KeysOf<B, "out f32">]: readonly number[] | TensorSlice },
>(
  kernel: KernelSpec<B, P>,
  given: { [K in KeysOf<B, "in f32" | "in i32" | "inout f32">]: Operand },
  results: R,
  params: { [K in keyof P]: number },
): { [K in keyof R as R[K] extends readonly number[] ? K : never]: tf.Tensor } {
  // The casts below undo the narrowing of the mapped types: every key of `buffers` is in one of the two.
  const operands: Record<string, Operand> = { ...(given as Record<string, Operand>) };
  const allocated: Record<string, tf.Tensor> = {};
  for (const [key, result] of Object.entries(results as Record<string, readonly number[] | TensorSlice>)) {
    if ("tensor" in result) operands[key] = result;
    else operands[key] = allocated[key] = emptyTensor(result);
  }
  pulse(tf.getBackend() === "webgpu" ? 0 : kernel.multiplications?.(params)); // a GPU computes beside this thread
  const run = () => execute(kernel, operands, params);
  if (watch) watch(kernel.name, params, run);
  else run();
  return allocated as never;
}

/** Is given each kernel's name and sizes, and runs it. */
export type KernelWatch = (name: string, sizes: Readonly<Record<string, number>>, run: () => void) => void;

let watch: KernelWatch | undefined;

/** From now on kernels are run by `next`, which may time them; `undefined` ends that. */
export function watchKernels(next: KernelWatch | undefined): void {
  watch = next;
}

/** What its WGSL module is made of. */
export function wgslParts<B extends Uses, P extends Params>(kernel: KernelSpec<B, P>): WgslParts {
  const { buffers, params, lanes, wgsl: body, wgslModule: module = "" } = kernel;
  return {
    buffers: Object.entries(buffers).map(([key, use]) => ({ key, use })),
    params: Object.entries(params).map(([key, type]) => ({ key, type })),
    lanes,
    body,
    module,
  };
}

function execute<B extends Uses, P extends Params>(
  kernel: KernelSpec<B, P>,
  operands: Record<string, Operand>,
  params: { [K in keyof P]: number },
): void {
  const names = Object.keys(kernel.buffers);
  if (tf.getBackend() === "webgpu") {
    const parts = wgslParts(kernel);
    dispatch({
      ...parts,
      name: kernel.name,
      buffers: parts.buffers.map((buffer) => ({ ...buffer, operand: operands[buffer.key]! })),
      params: parts.params.map((param) => ({ ...param, value: params[param.key]! })),
      groups: kernel.groups(params),
    });
  } else if (!ranOnSimd(kernel, operands, params)) {
    const views = arraysOf(names.map((key) => operands[key]!)); // after all allocation: a wasm heap may move
    kernel.onArrays(Object.fromEntries(names.map((key, i) => [key, views[i]])) as never, params);
  }
}

function ranOnSimd<B extends Uses, P extends Params>(
  kernel: KernelSpec<B, P>,
  operands: Record<string, Operand>,
  params: { [K in keyof P]: number },
): boolean {
  const engine = kernel.onSimd && simd();
  if (!kernel.onSimd || !engine) return false;
  const at: Record<string, number> = {};
  for (const key of Object.keys(kernel.buffers)) at[key] = engine.addressOf(operands[key]!);
  return kernel.onSimd(at as never, params, engine); // every key of `buffers` was set
}

/** A float tensor of undefined contents, tracked by the surrounding tidy like any other. */
export function emptyTensor(shape: readonly number[]): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const backend = tf.backend() as tf.KernelBackend & {
    write(values: Float32Array | null, shape: readonly number[], dtype: "float32"): tf.DataId;
  };
  const values = tf.getBackend() === "cpu" ? new Float32Array(size) : null;
  const dataId = backend.write(values, shape, "float32");
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype: "float32" });
}

/** These numbers and zeros after them, in memory of the device's own: on cpu and wasm written where they stay, so that no second copy waits for the collector. */
export function copiedTensor(values: Float32Array, shape: readonly number[]): tf.Tensor {
  if (!hasArrays()) {
    const padded = new Float32Array(shape.reduce((a, b) => a * b, 1));
    padded.set(values);
    return tf.tensor(padded, [...shape]);
  }
  const tensor = emptyTensor(shape);
  const [own] = arraysOf([tensor]) as [Float32Array];
  own.set(values);
  own.fill(0, values.length);
  return tensor;
}
