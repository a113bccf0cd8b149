// Sums in a fixed order: by segment, by column, of squares. What makes training repeat bit for bit (no atomics).
import { defineKernel } from "../engine/kernel.ts";

/**
 * total[s] = sum over i in [offsets[s], offsets[s + 1]) of source[positions[i]], in that order.
 *
 * source (n, D), offsets (S + 1), positions (>= offsets[S]), total (>= S, D); rows of `total` from S on are left alone.
 * With source = gradients per occurrence and segments = unique token ids, this is the gradient of a row gather;
 * tfjs's own uses float atomics on WebGPU, whose order, and so whose last bits, change from run to run.
 */
export const segmentSum = defineKernel({
  name: "segmentSum",
  buffers: { source: "in f32", offsets: "in i32", positions: "in i32", total: "inout f32" },
  params: { segments: "u32", width: "u32" },
  onArrays({ source, offsets, positions, total }, { segments, width }) {
    for (let s = 0; s < segments; s++) {
      const out = s * width;
      total.fill(0, out, out + width);
      for (let i = offsets[s]!; i < offsets[s + 1]!; i++) {
        const from = positions[i]! * width;
        for (let d = 0; d < width; d++) total[out + d]! += source[from + d]!;
      }
    }
  },
  onSimd({ source, offsets, positions, total }, { segments, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.segmentSum(source, offsets, positions, total, segments, width);
    return true;
  },
  lanes: 64,
  groups: ({ segments, width }) => Math.ceil((segments * width) / 64),
  wgsl: `
  if (index >= p.segments * p.width) { return; }
  let s = index / p.width;
  let d = index % p.width;
  var sum = 0.0;
  for (var i = offsets[s]; i < offsets[s + 1u]; i++) {
    sum += source[u32(positions[i]) * p.width + d];
  }
  total[index] = sum;`,
});

/** Lanes that share one column of `columnSums`; rows are dealt to them in turn, then the parts are added in order. */
const ROW_LANES = 16;
export const COLUMN_SUM_MODULE = `
var<workgroup> partA: array<f32, 256>;
var<workgroup> partB: array<f32, 256>;`;

/** sums[c] = sum over rows of x[r, c]. x (rows, width): the gradient of a bias. */
export const columnSums = defineKernel({
  name: "columnSums",
  buffers: { x: "in f32", sums: "out f32" },
  params: { rows: "u32", width: "u32" },
  onArrays({ x, sums }, { rows, width }) {
    sums.fill(0);
    for (let r = 0; r < rows; r++) for (let c = 0; c < width; c++) sums[c]! += x[r * width + c]!;
  },
  onSimd({ x, sums }, { rows, width }, { routines }) {
    if (width % 4 !== 0) return false;
    routines.columnSums(x, sums, rows, width);
    return true;
  },
  lanes: 256,
  groups: ({ width }) => Math.ceil(width / 16),
  wgslModule: COLUMN_SUM_MODULE,
  wgsl: `
  if (group >= (p.width + 15u) / 16u) { return; }
  let c = group * 16u + lane % 16u;
  var sum = 0.0;
  if (c < p.width) {
    for (var r = lane / 16u; r < p.rows; r += ${ROW_LANES}u) { sum += x[r * p.width + c]; }
  }
  partA[lane] = sum;
  partB[lane] = 0.0;
  workgroupBarrier();
  if (lane < 16u && c < p.width) {
    var all = 0.0;
    for (var k = 0u; k < ${ROW_LANES}u; k++) { all += partA[k * 16u + lane]; }
    sums[c] = all;
  }`,
});

/** squares[slot] = sum of x[i]^2 over the first `size` elements: one term of a global gradient norm. */
export const sumOfSquares = defineKernel({
  name: "sumOfSquares",
  buffers: { x: "in f32", squares: "inout f32" },
  params: { size: "u32", slot: "u32" },
  onArrays({ x, squares }, { size, slot }) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += x[i]! * x[i]!;
    squares[slot] = sum;
  },
  lanes: 256,
  groups: () => 1,
  wgslModule: "var<workgroup> part: array<f32, 256>;",
  wgsl: `
  var sum = 0.0;
  for (var i = lane; i < p.size; i += LANES) { sum += x[i] * x[i]; }
  part[lane] = sum;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { part[lane] += part[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { squares[p.slot] = part[0]; }`,
});
