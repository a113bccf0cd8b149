// AssemblyScript: multi-head attention over packed texts, as attention.ts defines it. One head of one text at a time:
// its parts are copied out with rows padded to 8 floats, multiplied there, and the results copied back.
import { smallProduct, transpose4 } from "./matmul";
import { exp4, max4, sum4 } from "./simdMath";

@inline
function padded(size: i32): i32 {
  return (size + 7) & ~7;
}

/** Length of rows of `c` floats that are also read by column: a cache line more, or a column might share one cache set. */
@inline
function spread(c: i32): i32 {
  return c + 16;
}

/** Address of element i of a float array. */
@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

/** Tokens worked on at a time: what is made of pairs of them then stays in the first cache. */
const BLOCK: i32 = 64;
const DEPTH: i32 = 256; // of a sum over a row's keys that is made in one go

/** Floats of scratch for texts of at most `length` and heads of `size`. */
export function attentionScratch(length: i32, size: i32): i32 {
  const s = padded(size);
  const ld = spread(padded(length));
  return 7 * padded(length) * s + 2 * s * ld + 2 * BLOCK * ld + BLOCK * max(DEPTH, s);
}

/** Columns of `count` rows, `stride` apart, into rows of `ld` floats with zeros behind; plus `bias`, times `scale`. */
function takePart(to: usize, ld: i32, from: usize, stride: i32, bias: usize, scale: f32, count: i32, size: i32): void {
  const factor = f32x4.splat(scale);
  for (let i = 0; i < count; i++) {
    const source = at(from, i * stride);
    const target = at(to, i * ld);
    let d = 0;
    for (; d + 4 <= size; d += 4) {
      const sum = f32x4.add(v128.load(at(source, d)), v128.load(at(bias, d)));
      v128.store(at(target, d), f32x4.mul(sum, factor));
    }
    for (; d < size; d++) store<f32>(at(target, d), (load<f32>(at(source, d)) + load<f32>(at(bias, d))) * scale);
    for (; d < ld; d++) store<f32>(at(target, d), 0);
  }
}

/** `factor` times rows of `size` floats. */
function copyRows(to: usize, toStride: i32, from: usize, fromStride: i32, factor: f32, count: i32, size: i32): void {
  const factor4 = f32x4.splat(factor);
  for (let i = 0; i < count; i++) {
    const source = at(from, i * fromStride);
    const target = at(to, i * toStride);
    let d = 0;
    for (; d + 4 <= size; d += 4) v128.store(at(target, d), f32x4.mul(v128.load(at(source, d)), factor4));
    for (; d < size; d++) store<f32>(at(target, d), load<f32>(at(source, d)) * factor);
  }
}

/** (c, s), both multiples of 4, turned into (s, c) with rows of ld. */
function turn(to: usize, ld: i32, from: usize, c: i32, s: i32): void {
  for (let d = 0; d < s; d += 4) {
    for (let i = 0; i < c; i += 4) transpose4(at(to, d * ld + i), (<usize>ld) << 2, at(from, i * s + d), s);
  }
}

/** Softmax of the first `count` of a row's ld floats, in place; the rest becomes as good as zero. Returns the log of its sum. */
function softmaxRow(row: usize, count: i32, ld: i32): f32 {
  for (let j = count; j < ld; j++) store<f32>(at(row, j), -1e30);
  let tops = v128.load(row);
  for (let j = 4; j < ld; j += 4) tops = f32x4.max(tops, v128.load(at(row, j)));
  const top = max4(tops);
  const top4 = f32x4.splat(top);
  let sums = f32x4.splat(0);
  for (let j = 0; j < ld; j += 4) {
    const e = exp4(f32x4.sub(v128.load(at(row, j)), top4));
    v128.store(at(row, j), e);
    sums = f32x4.add(sums, e);
  }
  const sum = sum4(sums);
  const scale = f32x4.splat(<f32>1 / sum);
  for (let j = 0; j < ld; j += 4) v128.store(at(row, j), f32x4.mul(v128.load(at(row, j)), scale));
  return top + Mathf.log(sum);
}

export function attentionForward(
  qkv: usize, bias: usize, starts: usize, out: usize, lse: usize,
  rows: i32, places: i32, length: i32, width: i32, heads: i32, scratch: usize,
): void {
  memory.fill(out, 0, (<usize>(places * width)) << 2);
  memory.fill(lse, 0, (<usize>(places * heads)) << 2);
  const size = width / heads;
  const scale = <f32>1 / Mathf.sqrt(<f32>size);
  const s = padded(size);
  const part = padded(length) * s;
  const q = scratch;
  const k = at(q, part);
  const v = at(k, part);
  const keys = at(v, part);
  const square = at(keys, s * spread(padded(length)));
  const packed = at(square, BLOCK * spread(padded(length)));
  for (let r = 0; r < rows; r++) {
    const text = load<i32>(at(starts, r));
    const count = load<i32>(at(starts, r + 1)) - text;
    const c = padded(count);
    const ld = spread(c);
    for (let h = 0; h < heads; h++) {
      const from = at(qkv, text * 3 * width + h * size);
      const b = at(bias, h * size);
      takePart(q, s, from, 3 * width, b, scale, count, size);
      takePart(k, s, at(from, width), 3 * width, at(b, width), 1, count, size);
      takePart(v, s, at(from, 2 * width), 3 * width, at(b, 2 * width), 1, count, size);
      turn(keys, ld, k, c, s);
      for (let i = 0; i < count; i += BLOCK) {
        const n = min(BLOCK, count - i);
        const block = at(q, i * s);
        smallProduct(square, ld, block, s, 1, keys, ld, n, size, count, packed, false);
        for (let x = 0; x < n; x++) {
          store<f32>(at(lse, (text + i + x) * heads + h), softmaxRow(at(square, x * ld), count, c));
        }
        for (let j = 0; j < count; j += DEPTH) { // these queries are done with
          smallProduct(block, s, at(square, j), ld, 1, at(v, j * s), s, n, min(DEPTH, count - j), size, packed, j > 0);
        }
      }
      copyRows(at(out, text * width + h * size), width, q, s, 1, count, size);
    }
  }
}

export function attentionBackward(
  dOut: usize, out: usize, lse: usize, qkv: usize, bias: usize, starts: usize, dQkv: usize,
  rows: i32, places: i32, length: i32, width: i32, heads: i32, scratch: usize,
): void {
  memory.fill(dQkv, 0, (<usize>(places * 3 * width)) << 2);
  const size = width / heads;
  const scale = <f32>1 / Mathf.sqrt(<f32>size);
  const s = padded(size);
  const part = padded(length) * s;
  const q = scratch;
  const k = at(q, part);
  const v = at(k, part);
  const dO = at(v, part);
  const dQ = at(dO, part);
  const dK = at(dQ, part);
  const dV = at(dK, part);
  const keys = at(dV, part);
  const values = at(keys, s * spread(padded(length)));
  const probs = at(values, s * spread(padded(length)));
  const dScores = at(probs, BLOCK * spread(padded(length)));
  const packed = at(dScores, BLOCK * spread(padded(length)));
  for (let r = 0; r < rows; r++) {
    const text = load<i32>(at(starts, r));
    const count = load<i32>(at(starts, r + 1)) - text;
    for (let h = 0; h < heads; h++) {
      const from = text * 3 * width + h * size;
      const b = at(bias, h * size);
      takePart(q, s, at(qkv, from), 3 * width, b, scale, count, size);
      takePart(k, s, at(qkv, from + width), 3 * width, at(b, width), 1, count, size);
      takePart(v, s, at(qkv, from + 2 * width), 3 * width, at(b, 2 * width), 1, count, size);
      copyRows(dO, s, at(dOut, text * width + h * size), width, 1, count, size);
      for (let j = 0; j < count; j += BLOCK) {
        const m = min(BLOCK, count - j);
        const c = padded(m);
        const ld = spread(c);
        const key = j * s;
        turn(keys, ld, at(k, key), c, s);
        turn(values, ld, at(v, key), c, s);
        for (let i = 0; i < count; i += BLOCK) {
          const n = min(BLOCK, count - i);
          const query = i * s;
          smallProduct(probs, ld, at(q, query), s, 1, keys, ld, n, size, m, packed, false);
          smallProduct(dScores, ld, at(dO, query), s, 1, values, ld, n, size, m, packed, false);
          for (let x = 0; x < n; x++) {
            const row = text + i + x;
            const mean = dotRow(at(dOut, row * width + h * size), at(out, row * width + h * size), size);
            backwardRow(at(probs, x * ld), at(dScores, x * ld), load<f32>(at(lse, row * heads + h)), mean, c);
          }
          smallProduct(at(dQ, query), s, dScores, ld, 1, at(k, key), s, n, m, size, packed, j > 0);
          smallProduct(at(dK, key), s, dScores, 1, ld, at(q, query), s, m, n, size, packed, i > 0);
          smallProduct(at(dV, key), s, probs, 1, ld, at(dO, query), s, m, n, size, packed, i > 0);
        }
      }
      copyRows(at(dQkv, from), 3 * width, dQ, s, scale, count, size);
      copyRows(at(dQkv, from + width), 3 * width, dK, s, 1, count, size); // q was scaled
      copyRows(at(dQkv, from + 2 * width), 3 * width, dV, s, 1, count, size);
    }
  }
}

/** scores <- p = e^(scores - lse), d <- p * (d - mean), over ld floats. */
function backwardRow(scores: usize, d: usize, lse: f32, mean: f32, ld: i32): void {
  const lse4 = f32x4.splat(lse);
  const mean4 = f32x4.splat(mean);
  for (let j = 0; j < ld; j += 4) {
    const p = exp4(f32x4.sub(v128.load(at(scores, j)), lse4));
    v128.store(at(scores, j), p);
    v128.store(at(d, j), f32x4.mul(p, f32x4.sub(v128.load(at(d, j)), mean4)));
  }
}

function dotRow(a: usize, b: usize, size: i32): f32 {
  let sums = f32x4.splat(0);
  let d = 0;
  for (; d + 4 <= size; d += 4) sums = f32x4.add(sums, f32x4.mul(v128.load(at(a, d)), v128.load(at(b, d))));
  let sum = sum4(sums);
  for (; d < size; d++) sum += load<f32>(at(a, d)) * load<f32>(at(b, d));
  return sum;
}
