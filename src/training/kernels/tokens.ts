// Per-token work of a transformer outside products and norms: embedding rows with positions, and GELU.
import { defineKernel } from "../engine/kernel.ts";
import { COLUMN_SUMS } from "./sums.ts";

/**
 * x[i] = table[ids[i]] + positions[place of i in its text]; zeros where owners[i] = -1.
 * Packed: ids, owners (n), starts (rows + 1), x (n, D).
 */
export const embedForward = defineKernel({
  name: "embedForward",
  buffers: {
    table: "in f32",
    positions: "in f32",
    ids: "in i32",
    starts: "in i32",
    owners: "in i32",
    x: "out f32",
  },
  params: { places: "u32", width: "u32" },
  onArrays({ table, positions, ids, starts, owners, x }, { places, width }) {
    x.fill(0);
    for (let i = 0; i < places; i++) {
      if (owners[i]! < 0) continue;
      const at = ids[i]! * width;
      const position = (i - starts[owners[i]!]!) * width;
      for (let d = 0; d < width; d++) x[i * width + d] = table[at + d]! + positions[position + d]!;
    }
  },
  lanes: 64,
  groups: ({ places, width }) => Math.ceil((places * width) / 64),
  wgsl: `
  if (index >= p.places * p.width) { return; }
  let i = index / p.width;
  let d = index % p.width;
  var value = 0.0;
  if (owners[i] >= 0) {
    let position = i - u32(starts[owners[i]]);
    value = table[u32(ids[i]) * p.width + d] + positions[position * p.width + d];
  }
  x[index] = value;`,
});

/** dPositions[t] = sum over texts longer than t of dx[starts[r] + t]. dx (n, D), dPositions (length, D). */
export const positionGradient = defineKernel({
  name: "positionGradient",
  buffers: { dx: "in f32", starts: "in i32", dPositions: "out f32" },
  params: { rows: "u32", length: "u32", width: "u32" },
  onArrays({ dx, starts, dPositions }, { rows, width }) {
    dPositions.fill(0);
    for (let r = 0; r < rows; r++) {
      const first = starts[r]! * width;
      const size = starts[r + 1]! * width - first;
      for (let i = 0; i < size; i++) dPositions[i]! += dx[first + i]!;
    }
  },
  lanes: 64,
  groups: ({ length, width }) => Math.ceil((length * width) / 64),
  wgsl: `
  if (index >= p.length * p.width) { return; }
  let t = index / p.width;
  var sum = 0.0;
  for (var r = 0u; r < p.rows; r++) {
    let i = u32(starts[r]) + t;
    if (i < u32(starts[r + 1u])) { sum += dx[i * p.width + index % p.width]; }
  }
  dPositions[index] = sum;`,
});

/**
 * y = z * Phi(z), z = x + bias: GELU with the normal distribution function (Hendrycks & Gimpel 2016), not its tanh
 * approximation; and slope = dy/dz, kept for the backward pass. x, y, slope (rows, width).
 *
 * Phi by Abramowitz & Stegun 7.1.26 (absolute error of erf < 1.5e-7, about one float32 rounding), on every backend.
 */
export const biasGelu = defineKernel({
  name: "biasGelu",
  buffers: { x: "in f32", bias: "in f32", y: "out f32", slope: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ x, bias, y, slope }, { rows, width }) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < width; c++) {
        const z = x[r * width + c]! + bias[c]!;
        const bell = Math.exp(-0.5 * z * z);
        const t = 1 / (1 + 0.3275911 * Math.SQRT1_2 * Math.abs(z));
        const tail =
          0.5 *
          bell *
          t *
          (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        const phi = z > 0 ? 1 - tail : tail;
        y[r * width + c] = z * phi;
        slope[r * width + c] = phi + z * bell * 0.3989422804014327; // 1 / sqrt(2 pi)
      }
    }
  },
  onSimd({ x, bias, y, slope }, { rows, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.biasGelu(x, bias, y, slope, rows, width);
    return true;
  },
  lanes: 64,
  groups: ({ rows, width }) => Math.ceil((rows * width) / 64),
  wgsl: `
  if (index >= p.rows * p.width) { return; }
  let z = x[index] + bias[index % p.width];
  let bell = exp(-0.5 * z * z);
  let t = 1.0 / (1.0 + 0.3275911 * 0.70710678 * abs(z));
  let tail = 0.5 * bell * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 +
    t * (-1.453152027 + t * 1.061405429))));
  let phi = select(tail, 1.0 - tail, z > 0.0);
  y[index] = z * phi;
  slope[index] = phi + z * bell * 0.3989422804;`,
});

/**
 * Back through `biasGelu`, in one pass over rows: slope <- dy * slope, the gradient of its input, in place; and dBias =
 * that gradient's column sums. dy, slope (rows, width).
 */
export const geluBackward = defineKernel({
  name: "geluBackward",
  buffers: { dy: "in f32", slope: "inout f32", dBias: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ dy, slope, dBias }, { rows, width }) {
    dBias.fill(0);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < width; c++) {
        const i = r * width + c;
        slope[i]! *= dy[i]!;
        dBias[c]! += slope[i]!;
      }
    }
  },
  onSimd({ dy, slope, dBias }, { rows, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.geluBackward(dy, slope, dBias, rows, width);
    return true;
  },
  lanes: 256,
  groups: ({ width }) => Math.ceil(width / 16),
  wgslModule: COLUMN_SUMS,
  wgsl: `
  if (group >= (p.width + 15u) / 16u) { return; }
  let c = group * 16u + lane % 16u;
  var sum = 0.0;
  if (c < p.width) {
    for (var r = lane / 16u; r < p.rows; r += 16u) {
      let gradient = dy[r * p.width + c] * slope[r * p.width + c];
      slope[r * p.width + c] = gradient;
      sum += gradient;
    }
  }
  let all = columnTotal(lane, vec3(sum, 0.0, 0.0));
  if (lane < 16u && c < p.width) { dBias[c] = all.x; }`,
});
