// What a kernel reads or writes, and how: a whole tensor, or a stretch of one that several parameters share. Owns no memory.
import * as tf from "@tensorflow/tfjs-core";

/** A stretch of a tensor's elements, used as a tensor of `shape`. Valid as long as the tensor is. */
export interface TensorSlice {
  readonly tensor: tf.Tensor;
  readonly offset: number; // elements, a multiple of SLICE_ALIGNMENT
  readonly shape: readonly number[];
}

export type Operand = tf.Tensor | TensorSlice;

/** How a kernel touches one of its buffers. `inout` updates the caller's tensor in place. */
export type BufferUse = "in f32" | "in i32" | "inout f32" | "out f32";
/** How a number reaches WGSL. */
export type ParamType = "u32" | "f32";

/** 256 bytes: at multiples of that every WebGPU device can bind a part of a buffer. */
export const SLICE_ALIGNMENT = 64;

export function isSlice(operand: Operand): operand is TensorSlice {
  return "tensor" in operand;
}

/** The tensor that holds the operand, and where in it: `offset` and `size` in elements. */
export function placeOf(operand: Operand): { tensor: tf.Tensor; offset: number; size: number } {
  if (!isSlice(operand)) return { tensor: operand, offset: 0, size: operand.size };
  const { tensor, offset, shape } = operand;
  return { tensor, offset, size: shape.reduce((a, b) => a * b, 1) };
}

/** Rows `first` .. `end` of x (n, D): x's own memory if it starts at a bindable place, else a copy in the tidy. */
export function rowsBetween(x: tf.Tensor, first: number, end: number): Operand {
  const width = x.shape[1]!;
  if ((first * width) % SLICE_ALIGNMENT !== 0) return tf.slice(x, [first, 0], [end - first, width]);
  return { tensor: x, offset: first * width, shape: [end - first, width] };
}
