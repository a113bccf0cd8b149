// Multi-head self-attention over packed texts, forward and backward. Projections around it are plain products.
import { defineKernel } from "../engine/kernel.ts";

/**
 * Within each text and head: probs = softmax(q k^T / sqrt(head width)), out = probs v (Vaswani et al. 2017), with
 * q, k, v = the three width-wide parts of qkv + bias.
 *
 * qkv (n, 3 * width), bias (3 * width), out (n, width); starts (rows + 1), owners (n). probs (rows, heads, length,
 * length) holds text r's square in its first rows and columns, the rest is undefined. Filling gets zeros in `out`.
 */
const sizes = { rows: "u32", places: "u32", length: "u32", width: "u32", heads: "u32" } as const;

/** One thread per (place, head). */
const THREADS = ({ places, heads }: { places: number; heads: number }) => Math.ceil((places * heads) / 64);

const WHERE = `
  let place = index / p.heads;
  let h = index % p.heads;
  if (place >= p.places) { return; }
  let size = p.width / p.heads;
  let scale = 1.0 / sqrt(f32(size));
  let stride = 3u * p.width;
  let head = h * size;
  let outAt = place * p.width + head;
  let qAt = place * stride + head;
  let live = owners[place] >= 0;
  let r = u32(max(owners[place], 0));
  let text = u32(starts[r]);
  let count = u32(starts[r + 1u]) - text;
  let square = (r * p.heads + h) * p.length * p.length;
  let i = place - text;
  let row = square + i * p.length;`;

export const attentionForward = defineKernel({
  name: "attentionForward",
  buffers: {
    qkv: "in f32",
    bias: "in f32",
    starts: "in i32",
    owners: "in i32",
    out: "out f32",
    probs: "out f32",
  },
  params: sizes,
  onArrays({ qkv, bias, starts, out, probs }, { rows, length, width, heads }) {
    out.fill(0);
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    const total = new Float64Array(size);
    for (let r = 0; r < rows; r++) {
      const text = starts[r]!;
      const count = starts[r + 1]! - text;
      for (let h = 0; h < heads; h++) {
        const [q, k, v] = headParts(qkv, bias, text, count, width, h * size, size);
        for (let i = 0; i < count; i++) {
          const row = ((r * heads + h) * length + i) * length;
          let top = -Infinity;
          for (let j = 0; j < count; j++) {
            const score = dotAt(q, i * size, k, j * size, size) * scale;
            probs[row + j] = score;
            if (score > top) top = score;
          }
          let sum = 0;
          for (let j = 0; j < count; j++) sum += probs[row + j] = Math.exp(probs[row + j]! - top);
          total.fill(0);
          for (let j = 0; j < count; j++) {
            const prob = (probs[row + j]! /= sum);
            addTo(total, v, j * size, prob, size);
          }
          out.set(total, (text + i) * width + h * size);
        }
      }
    }
  },
  onSimd(at, { rows, places, length, width, heads }, { routines, scratch }) {
    const room = scratch(routines.attentionScratch(length, width / heads));
    const { qkv, bias, starts, out, probs } = at;
    routines.attentionForward(qkv, bias, starts, out, probs, rows, places, length, width, heads, room);
    return true;
  },
  lanes: 64,
  groups: THREADS,
  wgsl: `${WHERE}
  if (!live) {
    for (var d = 0u; d < size; d++) { out[outAt + d] = 0.0; }
    return;
  }
  var top = -3.0e38;
  for (var j = 0u; j < count; j++) {
    let k = (text + j) * stride + p.width + head;
    var dot = 0.0;
    for (var d = 0u; d < size; d++) {
      dot += (qkv[qAt + d] + bias[head + d]) * (qkv[k + d] + bias[p.width + head + d]);
    }
    probs[row + j] = dot * scale;
    top = max(top, dot * scale);
  }
  var sum = 0.0;
  for (var j = 0u; j < count; j++) {
    let e = exp(probs[row + j] - top);
    probs[row + j] = e;
    sum += e;
  }
  for (var j = 0u; j < count; j++) { probs[row + j] = probs[row + j] / sum; }
  for (var d = 0u; d < size; d++) {
    var total = 0.0;
    for (var j = 0u; j < count; j++) {
      let v = (text + j) * stride + 2u * p.width + head + d;
      total += probs[row + j] * (qkv[v] + bias[2u * p.width + head + d]);
    }
    out[outAt + d] = total;
  }`,
});

/**
 * First half of the backward pass: dScores = probs * (dOut v^T - row mean under probs) / sqrt(head width), shaped as
 * probs, and dQ = dScores k, written into the first third of dQkv (n, 3 * width); the rest is zeroed.
 */
export const attentionBackwardQueries = defineKernel({
  name: "attentionBackwardQueries",
  buffers: {
    dOut: "in f32",
    qkv: "in f32",
    bias: "in f32",
    probs: "in f32",
    starts: "in i32",
    owners: "in i32",
    dScores: "out f32",
    dQkv: "out f32",
  },
  params: sizes,
  onArrays({ dOut, qkv, bias, probs, starts, dScores, dQkv }, { rows, length, width, heads }) {
    dQkv.fill(0);
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    const dQ = new Float64Array(size);
    for (let r = 0; r < rows; r++) {
      const text = starts[r]!;
      const count = starts[r + 1]! - text;
      for (let h = 0; h < heads; h++) {
        const [, k, v] = headParts(qkv, bias, text, count, width, h * size, size);
        const dO = headRows(dOut, text, count, width, h * size, size);
        for (let i = 0; i < count; i++) {
          const row = ((r * heads + h) * length + i) * length;
          let mean = 0;
          for (let j = 0; j < count; j++) {
            const dot = dotAt(dO, i * size, v, j * size, size);
            dScores[row + j] = dot;
            mean += dot * probs[row + j]!;
          }
          dQ.fill(0);
          for (let j = 0; j < count; j++) {
            const gradient = probs[row + j]! * (dScores[row + j]! - mean) * scale;
            dScores[row + j] = gradient;
            addTo(dQ, k, j * size, gradient, size);
          }
          dQkv.set(dQ, (text + i) * 3 * width + h * size);
        }
      }
    }
  },
  onSimd(at, { rows, places, length, width, heads }, { routines, scratch }) {
    const room = scratch(routines.attentionScratch(length, width / heads));
    const { dOut, qkv, bias, probs, starts, dScores, dQkv } = at;
    const where = [dOut, qkv, bias, probs, starts, dScores, dQkv];
    routines.attentionBackwardQueries(...where, rows, places, length, width, heads, room);
    return true;
  },
  lanes: 64,
  groups: THREADS,
  wgsl: `${WHERE}
  var mean = 0.0;
  if (live) {
    for (var j = 0u; j < count; j++) {
      let v = (text + j) * stride + 2u * p.width + head;
      var dot = 0.0;
      for (var d = 0u; d < size; d++) { dot += dOut[outAt + d] * (qkv[v + d] + bias[2u * p.width + head + d]); }
      dScores[row + j] = dot;
      mean += dot * probs[row + j];
    }
    for (var j = 0u; j < count; j++) { dScores[row + j] = probs[row + j] * (dScores[row + j] - mean) * scale; }
  }
  for (var d = 0u; d < size; d++) {
    var total = 0.0;
    if (live) {
      for (var j = 0u; j < count; j++) {
        let k = (text + j) * stride + p.width + head + d;
        total += dScores[row + j] * (qkv[k] + bias[p.width + head + d]);
      }
    }
    dQkv[qAt + d] = total;
    dQkv[qAt + p.width + d] = 0.0;
    dQkv[qAt + 2u * p.width + d] = 0.0;
  }`,
});

/** Second half: dK = dScores^T q and dV = probs^T dOut, into the other two thirds of dQkv. */
export const attentionBackwardKeys = defineKernel({
  name: "attentionBackwardKeys",
  buffers: {
    dOut: "in f32",
    qkv: "in f32",
    bias: "in f32",
    probs: "in f32",
    dScores: "in f32",
    starts: "in i32",
    owners: "in i32",
    dQkv: "inout f32",
  },
  params: sizes,
  onArrays({ dOut, qkv, bias, probs, dScores, starts, dQkv }, { rows, length, width, heads }) {
    const size = width / heads;
    const dK = new Float64Array(size);
    const dV = new Float64Array(size);
    for (let r = 0; r < rows; r++) {
      const text = starts[r]!;
      const count = starts[r + 1]! - text;
      for (let h = 0; h < heads; h++) {
        const [q] = headParts(qkv, bias, text, count, width, h * size, size);
        const dO = headRows(dOut, text, count, width, h * size, size);
        for (let j = 0; j < count; j++) {
          dK.fill(0);
          dV.fill(0);
          for (let i = 0; i < count; i++) {
            const at = ((r * heads + h) * length + i) * length + j;
            addTo(dK, q, i * size, dScores[at]!, size);
            addTo(dV, dO, i * size, probs[at]!, size);
          }
          const to = (text + j) * 3 * width + width + h * size;
          dQkv.set(dK, to);
          dQkv.set(dV, to + width);
        }
      }
    }
  },
  onSimd(at, { rows, length, width, heads }, { routines, scratch }) {
    const room = scratch(routines.attentionScratch(length, width / heads));
    const { dOut, qkv, bias, probs, dScores, starts, dQkv } = at;
    const where = [dOut, qkv, bias, probs, dScores, starts, dQkv];
    routines.attentionBackwardKeys(...where, rows, length, width, heads, room);
    return true;
  },
  lanes: 64,
  groups: THREADS,
  wgsl: `${WHERE}
  if (!live) { return; }
  let column = square + i; // this thread writes key and value i
  for (var d = 0u; d < size; d++) {
    var dK = 0.0;
    var dV = 0.0;
    for (var j = 0u; j < count; j++) {
      dK += dScores[column + j * p.length] * (qkv[(text + j) * stride + head + d] + bias[head + d]);
      dV += probs[column + j * p.length] * dOut[(text + j) * p.width + head + d];
    }
    dQkv[qAt + p.width + d] = dK;
    dQkv[qAt + 2u * p.width + d] = dV;
  }`,
});

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
  text: number,
  count: number,
  width: number,
  head: number,
  size: number,
): [Float64Array, Float64Array, Float64Array] {
  const part = (which: number) => {
    const rows = headRows(qkv, text, count, 3 * width, which * width + head, size);
    for (let i = 0; i < rows.length; i++) rows[i]! += bias[which * width + head + (i % size)]!;
    return rows;
  };
  return [part(0), part(1), part(2)];
}

/** Two partial sums, so that one addition need not wait for the last. */
function dotAt(a: Float64Array, aAt: number, b: Float64Array, bAt: number, size: number): number {
  let even = 0;
  let odd = 0;
  let d = 0;
  for (; d + 1 < size; d += 2) {
    even += a[aAt + d]! * b[bAt + d]!;
    odd += a[aAt + d + 1]! * b[bAt + d + 1]!;
  }
  return d < size ? even + odd + a[aAt + d]! * b[bAt + d]! : even + odd;
}

/** total += factor * x[at ..]. */
function addTo(total: Float64Array, x: Float64Array, at: number, factor: number, size: number): void {
  for (let d = 0; d < size; d++) total[d]! += factor * x[at + d]!;
}
