// What a dense layer after pooling does to its products: bias and activation, forward and backward.
import { defineKernel } from "../engine/kernel.ts";

const ROW_SCALE = `
fn rowScale(averaged: u32, first: i32, end: i32) -> f32 {
  return select(1.0, 1.0 / f32(max(end - first, 1)), averaged != 0u);
}`;

const rowScale = (averaged: number, starts: Int32Array, r: number) =>
  averaged ? 1 / Math.max(starts[r + 1]! - starts[r]!, 1) : 1;

/**
 * y = activation(s z + bias) with activation tanh or none; s = 1 / tokens of the row's text if `averaged`, else 1: pooling
 * leaves the division of a mean to whoever needs its length. z, y (rows, width), bias (width), starts (rows + 1).
 * Without `biased` pass any tensor for `bias`: it is not read.
 */
export const denseForward = defineKernel({
  name: "denseForward",
  buffers: { z: "in f32", bias: "in f32", starts: "in i32", y: "out f32" },
  params: { rows: "u32", width: "u32", averaged: "u32", biased: "u32", tanh: "u32" },
  onArrays({ z, bias, starts, y }, { rows, width, averaged, biased, tanh }) {
    for (let r = 0; r < rows; r++) {
      const scale = rowScale(averaged, starts, r);
      for (let d = 0; d < width; d++) {
        const value = scale * z[r * width + d]! + (biased ? bias[d]! : 0);
        y[r * width + d] = tanh ? Math.tanh(value) : value;
      }
    }
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgslModule: ROW_SCALE,
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  var value = rowScale(p.averaged, starts[r], starts[r + 1u]) * z[index];
  if (p.biased != 0u) { value += bias[index % p.width]; }
  if (p.tanh != 0u) { value = tanh(clamp(value, -15.0, 15.0)); } // beyond, float32 has only 1, and some tanh overflow
  y[index] = value;`,
});

/** dSum = dy activation'(y), the gradient of the bias' rows; dz = s dSum. All (rows, width). */
export const denseBackward = defineKernel({
  name: "denseBackward",
  buffers: { dy: "in f32", y: "in f32", starts: "in i32", dSum: "out f32", dz: "out f32" },
  params: { rows: "u32", width: "u32", averaged: "u32", tanh: "u32" },
  onArrays({ dy, y, starts, dSum, dz }, { rows, width, averaged, tanh }) {
    for (let r = 0; r < rows; r++) {
      const scale = rowScale(averaged, starts, r);
      for (let i = r * width; i < (r + 1) * width; i++) {
        const slope = tanh ? 1 - y[i]! * y[i]! : 1;
        dSum[i] = dy[i]! * slope;
        dz[i] = dSum[i]! * scale;
      }
    }
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgslModule: ROW_SCALE,
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let r = index / p.width;
  let slope = select(1.0, 1.0 - y[index] * y[index], p.tanh != 0u);
  dSum[index] = dy[index] * slope;
  dz[index] = dSum[index] * rowScale(p.averaged, starts[r], starts[r + 1u]);`,
});
