// AdamW (Loshchilov & Hutter 2019) in place, for whole tensors and for chosen rows. Computes no gradients.
import { defineKernel } from "../engine/kernel.ts";

/**
 * One update, with g the gradient times the clipping scale:
 *
 *   m <- beta1 m + (1 - beta1) g;   v <- beta2 v + (1 - beta2) g^2
 *   x <- x - rate (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + decay x)
 *
 * The clipping scale is in `scale` (1), as `clipScale` of sums.ts leaves it; 1 = no clipping.
 */
const numbers = {
  rate: "f32",
  decay: "f32",
  beta1: "f32",
  beta2: "f32",
  epsilon: "f32",
  correction1: "f32", // 1 - beta1^t
  correction2: "f32", // 1 - beta2^t
} as const;

export type AdamNumbers = { [K in keyof typeof numbers]: number };

function updateRange(
  x: Float32Array,
  m: Float32Array,
  v: Float32Array,
  g: Float32Array,
  at: number, // of x, m and v
  gradientAt: number,
  size: number,
  scale: number,
  p: AdamNumbers,
): void {
  const { rate, decay, beta1, beta2, epsilon } = p;
  const step = rate / p.correction1;
  const rootScale = 1 / Math.sqrt(p.correction2);
  for (let i = 0; i < size; i++) {
    const gradient = g[gradientAt + i]! * scale;
    const first = beta1 * m[at + i]! + (1 - beta1) * gradient;
    const second = beta2 * v[at + i]! + (1 - beta2) * gradient * gradient;
    m[at + i] = first;
    v[at + i] = second;
    const old = x[at + i]!;
    x[at + i] = old - (step * first) / (Math.sqrt(second) * rootScale + epsilon) - rate * decay * old;
  }
}

/** What the routines in rows.as take after addresses and sizes. */
function routineNumbers(scale: number, p: AdamNumbers): number[] {
  const step = p.rate / p.correction1;
  const rootScale = 1 / Math.sqrt(p.correction2);
  const betas = [p.beta1, p.beta2, 1 - p.beta1, 1 - p.beta2];
  return [scale, step, rootScale, p.rate * p.decay, ...betas, p.epsilon];
}

const WGSL = `
fn update(i: u32, gradient: f32, decay: f32) {
  let first = p.beta1 * m[i] + (1.0 - p.beta1) * gradient;
  let second = p.beta2 * v[i] + (1.0 - p.beta2) * gradient * gradient;
  m[i] = first;
  v[i] = second;
  let old = x[i];
  x[i] = old - p.rate * first / p.correction1 / (sqrt(second / p.correction2) + p.epsilon) - p.rate * decay * old;
}`;

/** Every element of x, m, v, g (size); those from `decaying` on do not decay. All dense parameters in one launch. */
export const adamwDense = defineKernel({
  name: "adamwDense",
  buffers: { x: "inout f32", m: "inout f32", v: "inout f32", g: "in f32", scale: "in f32" },
  params: { ...numbers, size: "u32", decaying: "u32" },
  onArrays({ x, m, v, g, scale }, p) {
    const rest = p.size - p.decaying;
    updateRange(x, m, v, g, 0, 0, p.decaying, scale[0]!, p);
    updateRange(x, m, v, g, p.decaying, p.decaying, rest, scale[0]!, { ...p, decay: 0 });
  },
  onSimd({ x, m, v, g, scale }, p, engine) {
    if (p.size % 4 !== 0 || p.decaying % 4 !== 0) return false;
    const [factor] = engine.floats(scale, 1);
    const at = 4 * p.decaying; // bytes
    const { adamw } = engine.routines;
    adamw(x, m, v, g, p.decaying, ...routineNumbers(factor!, p));
    const still = routineNumbers(factor!, { ...p, decay: 0 });
    adamw(x + at, m + at, v + at, g + at, p.size - p.decaying, ...still);
    return true;
  },
  lanes: 64,
  groups: ({ size }) => Math.ceil(size / 64),
  wgslModule: WGSL,
  wgsl: `
  if (index >= p.size) { return; }
  update(index, g[index] * scale[0], select(0.0, p.decay, index < p.decaying));`,
});

/**
 * Rows ids[0 .. count) of x, m, v (V, width) from g (>= count, width); ids must be distinct.
 *
 * "Lazy": a row outside the batch keeps its moments and is not decayed, while the bias correction counts every step
 * (as PyTorch's SparseAdam). A piece seen rarely therefore moves by its last gradients only, and its cost is nothing.
 */
export const adamwRows = defineKernel({
  name: "adamwRows",
  buffers: { x: "inout f32", m: "inout f32", v: "inout f32", g: "in f32", ids: "in i32", scale: "in f32" },
  params: { ...numbers, count: "u32", width: "u32" },
  onArrays({ x, m, v, g, ids, scale }, p) {
    for (let u = 0; u < p.count; u++) {
      updateRange(x, m, v, g, ids[u]! * p.width, u * p.width, p.width, scale[0]!, p);
    }
  },
  onSimd({ x, m, v, g, ids, scale }, p, engine) {
    if (p.width % 4 !== 0) return false;
    const [factor] = engine.floats(scale, 1);
    engine.routines.adamwRows(x, m, v, g, ids, p.count, p.width, ...routineNumbers(factor!, p));
    return true;
  },
  lanes: 64,
  groups: ({ count, width }) => Math.ceil((count * width) / 64),
  wgslModule: WGSL,
  wgsl: `
  if (index >= p.count * p.width) { return; }
  update(u32(ids[index / p.width]) * p.width + index % p.width, g[index] * scale[0], p.decay);`,
});
