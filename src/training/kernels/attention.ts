// Multi-head self-attention over padded blocks, forward and backward. Projections around it are plain products.
import { defineKernel } from "../engine/kernel.ts";

/**
 * Per text r and head h, over its lengths[r] tokens only: probs = softmax(q k^T / sqrt(head width)), out = probs v
 * (Vaswani et al. 2017), with q, k, v = the three width-wide parts of qkv + bias.
 *
 * qkv (rows * length, 3 * width), bias (3 * width), out (rows * length, width), probs (rows, heads, length, length).
 * Padding gets zeros in both results and gives nothing to anyone.
 */
const sizes = { rows: "u32", length: "u32", width: "u32", heads: "u32" } as const;

/** One thread per (text, head, token), in the order of `probs`. */
const THREADS = ({ rows, length, heads }: { rows: number; length: number; heads: number }) =>
  Math.ceil((rows * heads * length) / 64);

const WHERE = `
  let r = index / (p.length * p.heads);
  let h = (index / p.length) % p.heads;
  let i = index % p.length;
  if (r >= p.rows) { return; }
  let size = p.width / p.heads;
  let scale = 1.0 / sqrt(f32(size));
  let count = u32(lengths[r]);
  let stride = 3u * p.width;
  let text = r * p.length;
  let head = h * size;
  let probsAt = index * p.length;`;

export const attentionForward = defineKernel({
  name: "attentionForward",
  buffers: { qkv: "in f32", bias: "in f32", lengths: "in i32", out: "out f32", probs: "out f32" },
  params: sizes,
  onArrays({ qkv, bias, lengths, out, probs }, { rows, length, width, heads }) {
    out.fill(0);
    probs.fill(0);
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    const q = new Float32Array(size);
    for (let r = 0; r < rows; r++) {
      const count = lengths[r]!;
      const parts = headParts(qkv, bias, r * length, count, width);
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
          const to = (r * length + i) * width + h * size;
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
  let to = (text + i) * p.width + head;
  if (i >= count) {
    for (var j = 0u; j < p.length; j++) { probs[probsAt + j] = 0.0; }
    for (var d = 0u; d < size; d++) { out[to + d] = 0.0; }
    return;
  }
  let q = (text + i) * stride + head;
  var top = -3.0e38;
  for (var j = 0u; j < count; j++) {
    let k = (text + j) * stride + p.width + head;
    var dot = 0.0;
    for (var d = 0u; d < size; d++) {
      dot += (qkv[q + d] + bias[head + d]) * (qkv[k + d] + bias[p.width + head + d]);
    }
    probs[probsAt + j] = dot * scale;
    top = max(top, dot * scale);
  }
  var sum = 0.0;
  for (var j = 0u; j < count; j++) {
    let e = exp(probs[probsAt + j] - top);
    probs[probsAt + j] = e;
    sum += e;
  }
  for (var j = 0u; j < p.length; j++) { probs[probsAt + j] = select(0.0, probs[probsAt + j] / sum, j < count); }
  for (var d = 0u; d < size; d++) {
    var total = 0.0;
    for (var j = 0u; j < count; j++) {
      let v = (text + j) * stride + 2u * p.width + head + d;
      total += probs[probsAt + j] * (qkv[v] + bias[2u * p.width + head + d]);
    }
    out[to + d] = total;
  }`,
});

/**
 * First half of the backward pass: dScores = probs * (dOut v^T - row mean under probs) / sqrt(head width), shaped as
 * probs, and dQ = dScores k, written into the first third of dQkv (rows * length, 3 * width); the rest is zeroed.
 */
export const attentionBackwardQueries = defineKernel({
  name: "attentionBackwardQueries",
  buffers: {
    dOut: "in f32",
    qkv: "in f32",
    bias: "in f32",
    probs: "in f32",
    lengths: "in i32",
    dScores: "out f32",
    dQkv: "out f32",
  },
  params: sizes,
  onArrays({ dOut, qkv, bias, probs, lengths, dScores, dQkv }, { rows, length, width, heads }) {
    dScores.fill(0);
    dQkv.fill(0);
    const size = width / heads;
    const scale = 1 / Math.sqrt(size);
    for (let r = 0; r < rows; r++) {
      const count = lengths[r]!;
      const parts = headParts(qkv, bias, r * length, count, width);
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < count; i++) {
          const row = ((r * heads + h) * length + i) * length;
          const from = (r * length + i) * width + h * size;
          let mean = 0;
          for (let j = 0; j < count; j++) {
            const v = j * 3 * width + 2 * width + h * size;
            let dot = 0;
            for (let d = 0; d < size; d++) dot += dOut[from + d]! * parts[v + d]!;
            dScores[row + j] = dot;
            mean += dot * probs[row + j]!;
          }
          const to = (r * length + i) * 3 * width + h * size;
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
  let outAt = (text + i) * p.width + head;
  let to = (text + i) * stride + head;
  let live = i < count;
  var mean = 0.0;
  for (var j = 0u; j < p.length; j++) {
    var dot = 0.0;
    if (live && j < count) {
      let v = (text + j) * stride + 2u * p.width + head;
      for (var d = 0u; d < size; d++) { dot += dOut[outAt + d] * (qkv[v + d] + bias[2u * p.width + head + d]); }
      mean += dot * probs[probsAt + j];
    }
    dScores[probsAt + j] = dot;
  }
  for (var j = 0u; j < p.length; j++) {
    dScores[probsAt + j] = probs[probsAt + j] * (dScores[probsAt + j] - mean) * scale;
  }
  for (var d = 0u; d < size; d++) {
    var total = 0.0;
    if (live) {
      for (var j = 0u; j < count; j++) {
        let k = (text + j) * stride + p.width + head + d;
        total += dScores[probsAt + j] * (qkv[k] + bias[p.width + head + d]);
      }
    }
    dQkv[to + d] = total;
    dQkv[to + p.width + d] = 0.0;
    dQkv[to + 2u * p.width + d] = 0.0;
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
    lengths: "in i32",
    dQkv: "inout f32",
  },
  params: sizes,
  onArrays({ dOut, qkv, bias, probs, dScores, lengths, dQkv }, { rows, length, width, heads }) {
    const size = width / heads;
    for (let r = 0; r < rows; r++) {
      const count = lengths[r]!;
      const parts = headParts(qkv, bias, r * length, count, width);
      for (let h = 0; h < heads; h++) {
        for (let j = 0; j < count; j++) {
          const to = (r * length + j) * 3 * width + width + h * size;
          for (let i = 0; i < count; i++) {
            const at = ((r * heads + h) * length + i) * length + j;
            const gradient = dScores[at]!;
            const prob = probs[at]!;
            const q = i * 3 * width + h * size;
            const from = (r * length + i) * width + h * size;
            for (let d = 0; d < size; d++) {
              dQkv[to + d]! += gradient * parts[q + d]!;
              dQkv[to + width + d]! += prob * dOut[from + d]!;
            }
          }
        }
      }
    }
  },
  lanes: 64,
  groups: THREADS,
  wgsl: `${WHERE}
  if (i >= count) { return; }
  let to = (text + i) * stride + p.width + head; // thread i writes key and value i
  let column = (r * p.heads + h) * p.length * p.length + i;
  for (var d = 0u; d < size; d++) {
    var dK = 0.0;
    var dV = 0.0;
    for (var j = 0u; j < count; j++) {
      dK += dScores[column + j * p.length] * (qkv[(text + j) * stride + head + d] + bias[head + d]);
      dV += probs[column + j * p.length] * dOut[(text + j) * p.width + head + d];
    }
    dQkv[to + d] = dK;
    dQkv[to + p.width + d] = dV;
  }`,
});

/** qkv + bias of one text's live tokens, (count, 3 * width): added once instead of in every inner loop. */
function headParts(
  qkv: Float32Array,
  bias: Float32Array,
  first: number,
  count: number,
  width: number,
): Float32Array {
  const stride = 3 * width;
  const parts = qkv.slice(first * stride, (first + count) * stride);
  for (let t = 0; t < count; t++) for (let c = 0; c < stride; c++) parts[t * stride + c]! += bias[c]!;
  return parts;
}
