// L2 and layer normalisation over the last axis, each as a pair of forward and backward kernels.
import { defineKernel } from "../engine/kernel.ts";
import { COLUMN_SUMS } from "./sums.ts";

/** One workgroup works on one row; `rowSum` adds the lanes' parts in a fixed tree. */
const ROW_SUM = `
var<workgroup> part: array<f32, 64>;
fn rowSum(lane: u32, value: f32) -> f32 {
  part[lane] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { part[lane] += part[lane + half]; }
    workgroupBarrier();
  }
  let total = part[0];
  workgroupBarrier();
  return total;
}`;

/** y = x / max(|x|, 1e-12) per row; a zero row stays zero. x, y (rows, D), norms (rows) = |x|. */
export const unitForward = defineKernel({
  name: "unitForward",
  buffers: { x: "in f32", y: "out f32", norms: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ x, y, norms }, { rows, width }) {
    for (let r = 0; r < rows; r++) {
      const at = r * width;
      let squares = 0;
      for (let d = 0; d < width; d++) squares += x[at + d]! * x[at + d]!;
      norms[r] = Math.sqrt(squares);
      const scale = 1 / Math.max(Math.sqrt(squares), 1e-12);
      for (let d = 0; d < width; d++) y[at + d] = x[at + d]! * scale;
    }
  },
  onSimd({ x, y, norms }, { rows, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.unitForward(x, y, norms, rows, width);
    return true;
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: ROW_SUM,
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.width;
  var squares = 0.0;
  for (var d = lane; d < p.width; d += LANES) { squares += x[at + d] * x[at + d]; }
  let norm = sqrt(rowSum(lane, squares));
  for (var d = lane; d < p.width; d += LANES) { y[at + d] = x[at + d] / max(norm, 1e-12); }
  if (lane == 0u) { norms[group] = norm; }`,
});

/** dx = (dy - y (y . dy)) / |x|; zero where |x| < 1e-12. */
export const unitBackward = defineKernel({
  name: "unitBackward",
  buffers: { dy: "in f32", y: "in f32", norms: "in f32", dx: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ dy, y, norms, dx }, { rows, width }) {
    for (let r = 0; r < rows; r++) {
      const at = r * width;
      const scale = norms[r]! < 1e-12 ? 0 : 1 / norms[r]!;
      let dot = 0;
      for (let d = 0; d < width; d++) dot += y[at + d]! * dy[at + d]!;
      for (let d = 0; d < width; d++) dx[at + d] = (dy[at + d]! - y[at + d]! * dot) * scale;
    }
  },
  onSimd({ dy, y, norms, dx }, { rows, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.unitBackward(dy, y, norms, dx, rows, width);
    return true;
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: ROW_SUM,
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.width;
  var sum = 0.0;
  for (var d = lane; d < p.width; d += LANES) { sum += y[at + d] * dy[at + d]; }
  let dot = rowSum(lane, sum);
  var scale = 0.0;
  if (norms[group] >= 1e-12) { scale = 1.0 / norms[group]; }
  for (var d = lane; d < p.width; d += LANES) { dx[at + d] = (dy[at + d] - y[at + d] * dot) * scale; }`,
});

/**
 * y = gamma * unit + beta, unit = (s - mean(s)) / sqrt(var(s) + epsilon), s = x, or x + bias + residual if `joined`.
 *
 * Ba et al. 2016 with BERT's residual in front (post-LN). x, residual, y, unit (rows, D); inverse (rows) = 1 / sd.
 * Where not joined, pass any tensors for `bias` and `residual`: they are not read.
 */
export const layerNormForward = defineKernel({
  name: "layerNormForward",
  buffers: {
    x: "in f32",
    bias: "in f32",
    residual: "in f32",
    gamma: "in f32",
    beta: "in f32",
    y: "out f32",
    unit: "out f32",
    inverse: "out f32",
  },
  params: { rows: "u32", width: "u32", joined: "u32", epsilon: "f32" },
  onArrays({ x, bias, residual, gamma, beta, y, unit, inverse }, { rows, width, joined, epsilon }) {
    for (let r = 0; r < rows; r++) {
      const at = r * width;
      let sum = 0;
      for (let d = 0; d < width; d++) {
        const value = joined ? x[at + d]! + bias[d]! + residual[at + d]! : x[at + d]!;
        unit[at + d] = value;
        sum += value;
      }
      const mean = sum / width;
      let squares = 0;
      for (let d = 0; d < width; d++) squares += (unit[at + d]! - mean) ** 2;
      const scale = 1 / Math.sqrt(squares / width + epsilon);
      inverse[r] = scale;
      for (let d = 0; d < width; d++) {
        const value = (unit[at + d]! - mean) * scale;
        unit[at + d] = value;
        y[at + d] = gamma[d]! * value + beta[d]!;
      }
    }
  },
  onSimd(at, { rows, width, joined, epsilon }, { routines }) {
    if (width % 4 !== 0) return false;
    const { x, bias, residual, gamma, beta, y, unit, inverse } = at;
    const where = [x, bias, residual, gamma, beta, y, unit, inverse];
    routines.layerNormForward(...where, rows, width, joined, epsilon);
    return true;
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: ROW_SUM,
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.width;
  var sum = 0.0;
  for (var d = lane; d < p.width; d += LANES) {
    var value = x[at + d];
    if (p.joined != 0u) { value += bias[d] + residual[at + d]; }
    unit[at + d] = value;
    sum += value;
  }
  let mean = rowSum(lane, sum) / f32(p.width);
  var squares = 0.0;
  for (var d = lane; d < p.width; d += LANES) {
    let gap = unit[at + d] - mean;
    squares += gap * gap;
  }
  let scale = 1.0 / sqrt(rowSum(lane, squares) / f32(p.width) + p.epsilon);
  for (var d = lane; d < p.width; d += LANES) {
    let value = (unit[at + d] - mean) * scale;
    unit[at + d] = value;
    y[at + d] = gamma[d] * value + beta[d];
  }
  if (lane == 0u) { inverse[group] = scale; }`,
});

/**
 * ds = inverse * (g - mean(g) - unit * mean(g * unit)), g = gamma * (dy + extra): the gradient of x, bias' rows and
 * residual alike. `extra` is the gradient that comes by the residual, and counts only if `twice`.
 */
export const layerNormBackward = defineKernel({
  name: "layerNormBackward",
  buffers: {
    dy: "in f32",
    extra: "in f32",
    unit: "in f32",
    gamma: "in f32",
    inverse: "in f32",
    ds: "out f32",
  },
  params: { rows: "u32", width: "u32", twice: "u32" },
  onArrays({ dy, extra, unit, gamma, inverse, ds }, { rows, width, twice }) {
    const g = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      const at = r * width;
      let sum = 0;
      let dot = 0;
      for (let d = 0; d < width; d++) {
        g[d] = gamma[d]! * (twice ? dy[at + d]! + extra[at + d]! : dy[at + d]!);
        sum += g[d]!;
        dot += g[d]! * unit[at + d]!;
      }
      sum /= width;
      dot /= width;
      const scale = inverse[r]!;
      for (let d = 0; d < width; d++) ds[at + d] = scale * (g[d]! - sum - unit[at + d]! * dot);
    }
  },
  onSimd({ dy, extra, unit, gamma, inverse, ds }, { rows, width, twice }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.layerNormBackward(dy, twice ? extra : 0, unit, gamma, inverse, ds, rows, width);
    return true;
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: ROW_SUM,
  wgsl: `
  if (group >= p.rows) { return; }
  let at = group * p.width;
  var sum = 0.0;
  var dot = 0.0;
  for (var d = lane; d < p.width; d += LANES) {
    var g = dy[at + d];
    if (p.twice != 0u) { g += extra[at + d]; }
    g *= gamma[d];
    sum += g;
    dot += g * unit[at + d];
  }
  let meanG = rowSum(lane, sum) / f32(p.width);
  let meanDot = rowSum(lane, dot) / f32(p.width);
  for (var d = lane; d < p.width; d += LANES) {
    var g = dy[at + d];
    if (p.twice != 0u) { g += extra[at + d]; }
    ds[at + d] = inverse[group] * (gamma[d] * g - meanG - unit[at + d] * meanDot);
  }`,
});

/**
 * Of all three parameters in one pass: dBeta = column sums of dy + extra, dGamma = those of (dy + extra) * unit, and dBias
 * = those of ds, as `layerNormBackward` left it. dy, extra, unit, ds (rows, width); `extra` counts only if `twice`.
 */
export const layerNormParamGradient = defineKernel({
  name: "layerNormParamGradient",
  buffers: {
    dy: "in f32",
    extra: "in f32",
    unit: "in f32",
    ds: "in f32",
    dGamma: "out f32",
    dBeta: "out f32",
    dBias: "out f32",
  },
  params: { rows: "u32", width: "u32", twice: "u32" },
  onArrays({ dy, extra, unit, ds, dGamma, dBeta, dBias }, { rows, width, twice }) {
    for (const sums of [dGamma, dBeta, dBias]) sums.fill(0);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < width; c++) {
        const i = r * width + c;
        const g = twice ? dy[i]! + extra[i]! : dy[i]!;
        dGamma[c]! += g * unit[i]!;
        dBeta[c]! += g;
        dBias[c]! += ds[i]!;
      }
    }
  },
  onSimd({ dy, extra, unit, ds, dGamma, dBeta, dBias }, { rows, width, twice }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.layerNormParamGradient(dy, twice ? extra : 0, unit, ds, dGamma, dBeta, dBias, rows, width);
    return true;
  },
  lanes: 256,
  groups: ({ width }) => Math.ceil(width / 16),
  wgslModule: COLUMN_SUMS,
  wgsl: `
  if (group >= (p.width + 15u) / 16u) { return; }
  let c = group * 16u + lane % 16u;
  var sums = vec3<f32>();
  if (c < p.width) {
    for (var r = lane / 16u; r < p.rows; r += 16u) {
      let i = r * p.width + c;
      var g = dy[i];
      if (p.twice != 0u) { g += extra[i]; }
      sums += vec3(g * unit[i], g, ds[i]);
    }
  }
  let all = columnTotal(lane, sums);
  if (lane < 16u && c < p.width) {
    dGamma[c] = all.x;
    dBeta[c] = all.y;
    dBias[c] = all.z;
  }`,
});
