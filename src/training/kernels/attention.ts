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
    const q = new Float32Array(size);
    for (let r = 0; r < rows; r++) {
      const { text, count, parts } = textParts(qkv, bias, starts, r, width);
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < count; i++) {
          const row = ((r * heads + h) * length + i) * length;
          for (let d = 0; d < size; d++) q[d] = parts[i * 3 * width + h * size + d]! * scale;
          let top = -Infinity;
          for (let j = 0; j < count; j++) {
            const k = j * 3 * width + width + h * size;
            let dot = 0;
            for (let d = 0; d < size; d++) dot += q[d]! * parts[k + d]!;
            probs[row + j] = dot;
            if (dot > top) top = dot;
          }
          let sum = 0;
          for (let j = 0; j < count; j++) sum += probs[row + j] = Math.exp(probs[row + j]! - top);
          const to = (text + i) * width + h * size;
          for (let j = 0; j < count; j++) {
            const prob = (probs[row + j]! /= sum);
            const v = j * 3 * width + 2 * width + h * size;
            for (let d = 0; d < size; d++) out[to + d]! += prob * parts[v + d]!;
          }
        }
      }
    }
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
    for (let r = 0; r < rows; r++) {
      const { text, count, parts } = textParts(qkv, bias, starts, r, width);
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < count; i++) {
          const row = ((r * heads + h) * length + i) * length;
          const outAt = (text + i) * width + h * size;
          let mean = 0;
          for (let j = 0; j < count; j++) {
            const v = j * 3 * width + 2 * width + h * size;
            let dot = 0;
            for (let d = 0; d < size; d++) dot += dOut[outAt + d]! * parts[v + d]!;
            dScores[row + j] = dot;
            mean += dot * probs[row + j]!;
          }
          const to = (text + i) * 3 * width + h * size;
          for (let j = 0; j < count; j++) {
            const gradient = probs[row + j]! * (dScores[row + j]! - mean) * scale;
            dScores[row + j] = gradient;
            const k = j * 3 * width + width + h * size;
            for (let d = 0; d < size; d++) dQkv[to + d]! += gradient * parts[k + d]!;
          }
        }
      }
    }
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
    for (let r = 0; r < rows; r++) {
      const { text, count, parts } = textParts(qkv, bias, starts, r, width);
      for (let h = 0; h < heads; h++) {
        for (let j = 0; j < count; j++) {
          const to = (text + j) * 3 * width + width + h * size;
          for (let i = 0; i < count; i++) {
            const at = ((r * heads + h) * length + i) * length + j;
            const gradient = dScores[at]!;
            const prob = probs[at]!;
            const q = i * 3 * width + h * size;
            const outAt = (text + i) * width + h * size;
            for (let d = 0; d < size; d++) {
              dQkv[to + d]! += gradient * parts[q + d]!;
              dQkv[to + width + d]! += prob * dOut[outAt + d]!;
            }
          }
        }
      }
    }
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

/** Text r's qkv + bias, (count, 3 * width): added once instead of in every inner loop. */
function textParts(
  qkv: Float32Array,
  bias: Float32Array,
  starts: Int32Array,
  r: number,
  width: number,
): { text: number; count: number; parts: Float32Array } {
  const text = starts[r]!;
  const count = starts[r + 1]! - text;
  const stride = 3 * width;
  const parts = qkv.slice(text * stride, (text + count) * stride);
  for (let t = 0; t < count; t++) for (let c = 0; c < stride; c++) parts[t * stride + c]! += bias[c]!;
  return { text, count, parts };
}
