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

/**
 * For kernels that add up columns: 16 of them a workgroup, 16 lanes to a column. Rows are dealt to the lanes in turn and
 * their parts are added in order; the total is given to the first 16 lanes.
 */
export const COLUMN_SUMS = `
var<workgroup> part: array<vec3<f32>, 256>;
fn columnTotal(lane: u32, mine: vec3<f32>) -> vec3<f32> {
  part[lane] = mine;
  workgroupBarrier();
  var all = vec3<f32>();
  if (lane < 16u) {
    for (var k = 0u; k < 16u; k++) { all += part[k * 16u + lane]; }
  }
  return all;
}`;

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
  wgslModule: COLUMN_SUMS,
  wgsl: `
  if (group >= (p.width + 15u) / 16u) { return; }
  let c = group * 16u + lane % 16u;
  var sum = 0.0;
  if (c < p.width) {
    for (var r = lane / 16u; r < p.rows; r += 16u) { sum += x[r * p.width + c]; }
  }
  let all = columnTotal(lane, vec3(sum, 0.0, 0.0));
  if (lane < 16u && c < p.width) { sums[c] = all.x; }`,
});

/** Workgroups that share one sum of squares, each leaving its part. */
export const SQUARE_PARTS = 64;

/**
 * parts[first .. first + SQUARE_PARTS) = sums of x[i]^2 over stretches of the first `size` elements, which together are
 * one term of a global gradient norm.
 */
export const sumOfSquares = defineKernel({
  name: "sumOfSquares",
  buffers: { x: "in f32", parts: "inout f32" },
  params: { size: "u32", first: "u32" },
  onArrays({ x, parts }, { size, first }) {
    const stretch = Math.ceil(size / SQUARE_PARTS);
    for (let part = 0; part < SQUARE_PARTS; part++) {
      let sum = 0;
      const end = Math.min((part + 1) * stretch, size);
      for (let i = part * stretch; i < end; i++) sum += x[i]! * x[i]!;
      parts[first + part] = sum;
    }
  },
  lanes: 256,
  groups: () => SQUARE_PARTS,
  wgslModule: "var<workgroup> part: array<f32, 256>;",
  wgsl: `
  let stretch = (p.size + ${SQUARE_PARTS - 1}u) / ${SQUARE_PARTS}u;
  let end = min((group + 1u) * stretch, p.size);
  var sum = 0.0;
  for (var i = group * stretch + lane; i < end; i += LANES) { sum += x[i] * x[i]; }
  part[lane] = sum;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (lane < half) { part[lane] += part[lane + half]; }
    workgroupBarrier();
  }
  if (lane == 0u) { parts[p.first + group] = part[0]; }`,
});

/** scale[0] = min(1, clipNorm / sqrt(sum of `parts` (count))): what every gradient is multiplied with. */
export const clipScale = defineKernel({
  name: "clipScale",
  buffers: { parts: "in f32", scale: "out f32" },
  params: { count: "u32", clipNorm: "f32" },
  onArrays({ parts, scale }, { count, clipNorm }) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += parts[i]!;
    scale[0] = Math.min(1, clipNorm / Math.max(Math.sqrt(sum), 1e-30));
  },
  lanes: 1,
  groups: () => 1,
  wgsl: `
  if (group > 0u) { return; }
  var sum = 0.0;
  for (var i = 0u; i < p.count; i++) { sum += parts[i]; }
  scale[0] = min(1.0, p.clipNorm / max(sqrt(sum), 1e-30));`,
});
