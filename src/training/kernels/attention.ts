// Multi-head self-attention over packed texts, forward and backward. Projections around it are plain products. Never
// holds a square of probabilities: the way back makes them again from what was kept of each row (ADR 18).
import { defineKernel } from "../engine/kernel.ts";
import { attentionShaders, PLACES } from "./attentionShaders.ts";

const sizes = { rows: "u32", places: "u32", length: "u32", width: "u32", heads: "u32" } as const;

const byHeadWidth = new Map<number, ReturnType<typeof define>>();

/** The two kernels for heads of `size` dimensions = width / heads, which is a constant of their WGSL. */
export function attentionKernels(size: number): ReturnType<typeof define> {
  const kernels = byHeadWidth.get(size) ?? define(size);
  byHeadWidth.set(size, kernels);
  return kernels;
}

function define(size: number) {
  const shaders = attentionShaders(size);

  /**
   * Within each text and head: scores s = q k^T / sqrt(head width), p = softmax(s) by row, out = p v (Vaswani et al.
   * 2017), with q, k, v = the three width-wide parts of qkv + bias.
   *
   * qkv (n, 3 * width), bias (3 * width), out (n, width), lse (n, heads) the log of each row's sum of e^s; starts
   * (rows + 1), owners (n), length >= the longest text. Filling gets zeros.
   */
  const forward = defineKernel({
    name: `attentionForward${size}`,
    buffers: {
      qkv: "in f32",
      bias: "in f32",
      starts: "in i32",
      owners: "in i32",
      out: "out f32",
      lse: "out f32",
    },
    params: sizes,
    multiplications: ({ places, length, width }) => 2 * places * length * width,
    onArrays({ qkv, bias, starts, out, lse }, { rows, width, heads }) {
      out.fill(0);
      lse.fill(0);
      const total = new Float64Array(size);
      for (const head of headsOf(starts, rows, heads)) {
        const { text, count, h } = head;
        const [q, k, v] = headParts(qkv, bias, head, width, size);
        const scores = new Float64Array(count);
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < count; j++) scores[j] = dotAt(q, i, k, j, size) / Math.sqrt(size);
          const top = scores.reduce((a, b) => Math.max(a, b));
          const sum = scores.reduce((a, s) => a + Math.exp(s - top), 0);
          total.fill(0);
          for (let j = 0; j < count; j++) addTo(total, 0, v, j, Math.exp(scores[j]! - top) / sum, size);
          out.set(total, (text + i) * width + h * size);
          lse[(text + i) * heads + h] = top + Math.log(sum);
        }
      }
    },
    onSimd({ qkv, bias, starts, out, lse }, { rows, places, length, width, heads }, { routines, scratch }) {
      const room = scratch(routines.attentionScratch(length, size));
      routines.attentionForward(qkv, bias, starts, out, lse, rows, places, length, width, heads, room);
      return true;
    },
    lanes: PLACES,
    groups: ({ places, heads }) => Math.ceil((places * heads) / PLACES),
    wgsl: shaders.forward,
  });

  /**
   * dQkv (n, 3 * width), given dOut and what `forward` was given and made: p = e^(s - lse) again, then
   * ds = p * (dOut (v - out)^T) / sqrt(head width), dQ = ds k, dK = ds^T q, dV = p^T dOut (Dao et al. 2022,
   * appendix B.2: the row mean of dOut v^T under p is dOut . out).
   */
  const backward = defineKernel({
    name: `attentionBackward${size}`,
    buffers: {
      dOut: "in f32",
      out: "in f32",
      lse: "in f32",
      qkv: "in f32",
      bias: "in f32",
      starts: "in i32",
      owners: "in i32",
      dQkv: "out f32",
    },
    params: sizes,
    multiplications: ({ places, length, width }) => 5 * places * length * width,
    onArrays({ dOut, out, lse, qkv, bias, starts, dQkv }, { rows, width, heads }) {
      dQkv.fill(0);
      for (const head of headsOf(starts, rows, heads)) {
        const { text, count, h } = head;
        const [q, k, v] = headParts(qkv, bias, head, width, size);
        const [o, dO] = [out, dOut].map((x) => headRows(x, text, count, width, h * size, size)) as Pair;
        const [dQ, dK, dV] = [q, k, v].map((part) => new Float64Array(part.length)) as Triple;
        for (let i = 0; i < count; i++) {
          const mean = dotAt(dO, i, o, i, size);
          for (let j = 0; j < count; j++) {
            const p = Math.exp(dotAt(q, i, k, j, size) / Math.sqrt(size) - lse[(text + i) * heads + h]!);
            const ds = (p * (dotAt(dO, i, v, j, size) - mean)) / Math.sqrt(size);
            addTo(dQ, i, k, j, ds, size);
            addTo(dK, j, q, i, ds, size);
            addTo(dV, j, dO, i, p, size);
          }
        }
        for (let i = 0; i < count; i++) {
          const at = (text + i) * 3 * width + h * size;
          [dQ, dK, dV].forEach((part, x) =>
            dQkv.set(part.subarray(i * size, (i + 1) * size), at + x * width),
          );
        }
      }
    },
    onSimd(at, { rows, places, length, width, heads }, { routines, scratch }) {
      const room = scratch(routines.attentionScratch(length, size));
      const { dOut, out, lse, qkv, bias, starts, dQkv } = at;
      const where = [dOut, out, lse, qkv, bias, starts, dQkv];
      routines.attentionBackward(...where, rows, places, length, width, heads, room);
      return true;
    },
    lanes: PLACES,
    groups: ({ places, heads }) => 2 * Math.ceil((places * heads) / PLACES), // as queries, then as keys
    wgsl: shaders.backward,
  });
  return { forward, backward };
}

/** One head `h` of the text of `count` tokens that begins at row `text`. */
interface Head {
  readonly text: number;
  readonly count: number;
  readonly h: number;
}

type Pair = [Float64Array, Float64Array];
type Triple = [Float64Array, Float64Array, Float64Array];

function* headsOf(starts: Int32Array, rows: number, heads: number): Generator<Head> {
  for (let r = 0; r < rows; r++) {
    for (let h = 0; h < heads; h++) yield { text: starts[r]!, count: starts[r + 1]! - starts[r]!, h };
  }
}

// On arrays one head's rows are copied out once, as float64: the inner loops then convert and stride nothing.

/** Rows text .. text + count of x (n, stride), columns `from` .. from + size. */
function headRows(
  x: Float32Array,
  text: number,
  count: number,
  stride: number,
  from: number,
  size: number,
): Float64Array {
  const part = new Float64Array(count * size);
  for (let i = 0; i < count; i++) {
    const at = (text + i) * stride + from;
    for (let d = 0; d < size; d++) part[i * size + d] = x[at + d]!;
  }
  return part;
}

/** q, k and v of one head of one text, bias added, each (count, size). */
function headParts(
  qkv: Float32Array,
  bias: Float32Array,
  { text, count, h }: Head,
  width: number,
  size: number,
): Triple {
  const part = (which: number) => {
    const from = which * width + h * size;
    const rows = headRows(qkv, text, count, 3 * width, from, size);
    for (let i = 0; i < rows.length; i++) rows[i]! += bias[from + (i % size)]!;
    return rows;
  };
  return [part(0), part(1), part(2)];
}

/** Row i of a times row j of b. Two partial sums, so that one addition need not wait for the last. */
function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, size: number): number {
  const [aAt, bAt] = [i * size, j * size];
  let even = 0;
  let odd = 0;
  let d = 0;
  for (; d + 1 < size; d += 2) {
    even += a[aAt + d]! * b[bAt + d]!;
    odd += a[aAt + d + 1]! * b[bAt + d + 1]!;
  }
  return d < size ? even + odd + a[aAt + d]! * b[bAt + d]! : even + odd;
}

/** Row i of total += factor * row j of x. */
function addTo(
  total: Float64Array,
  i: number,
  x: Float64Array,
  j: number,
  factor: number,
  size: number,
): void {
  for (let d = 0; d < size; d++) total[i * size + d]! += factor * x[j * size + d]!;
}
