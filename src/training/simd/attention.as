// AssemblyScript: multi-head attention over packed texts, as attention.ts defines it. One head of one text at a time:
// its parts are copied out with rows padded to 8 floats, multiplied there, and the results copied back.
import { smallProduct } from "./matmul";
import { exp4, max4, sum4 } from "./simdMath";

@inline
function padded(size: i32): i32 {
  return (size + 7) & ~7;
}

/** Address of element i of a float array. */
@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

/** Floats of scratch for texts of at most `length` and heads of `size`. */
export function attentionScratch(length: i32, size: i32): i32 {
  const s = padded(size);
  const c = padded(length);
  return 3 * length * s + size * c + length * c + length * max(length, s);
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

function copyRows(to: usize, toStride: i32, from: usize, fromStride: i32, count: i32, size: i32): void {
  for (let i = 0; i < count; i++) {
    const source = at(from, i * fromStride);
    const target = at(to, i * toStride);
    let d = 0;
    for (; d + 4 <= size; d += 4) v128.store(at(target, d), v128.load(at(source, d)));
    for (; d < size; d++) store<f32>(at(target, d), load<f32>(at(source, d)));
  }
}

/** (count, size) with rows of ldFrom, turned into (size, count) with rows of ld and zeros behind. */
function turn(to: usize, ld: i32, from: usize, ldFrom: i32, count: i32, size: i32): void {
  for (let d = 0; d < size; d++) {
    const target = at(to, d * ld);
    let i = 0;
    for (; i < count; i++) store<f32>(at(target, i), load<f32>(at(from, i * ldFrom + d)));
    for (; i < ld; i++) store<f32>(at(target, i), 0);
  }
}

/** Softmax of the first `count` of a row's ld floats, in place; the rest becomes as good as zero. */
function softmaxRow(row: usize, count: i32, ld: i32): void {
  for (let j = count; j < ld; j++) store<f32>(at(row, j), -1e30);
  let tops = v128.load(row);
  for (let j = 4; j < ld; j += 4) tops = f32x4.max(tops, v128.load(at(row, j)));
  const top = f32x4.splat(max4(tops));
  let sums = f32x4.splat(0);
  for (let j = 0; j < ld; j += 4) {
    const e = exp4(f32x4.sub(v128.load(at(row, j)), top));
    v128.store(at(row, j), e);
    sums = f32x4.add(sums, e);
  }
  const scale = f32x4.splat(<f32>1 / sum4(sums));
  for (let j = 0; j < ld; j += 4) v128.store(at(row, j), f32x4.mul(v128.load(at(row, j)), scale));
}

export function attentionForward(
  qkv: usize, bias: usize, starts: usize, out: usize, probs: usize,
  rows: i32, places: i32, length: i32, width: i32, heads: i32, scratch: usize,
): void {
  memory.fill(out, 0, (<usize>(places * width)) << 2);
  const size = width / heads;
  const scale = <f32>1 / Mathf.sqrt(<f32>size);
  const s = padded(size);
  const q = scratch;
  const k = at(q, length * s);
  const v = at(k, length * s);
  const turned = at(v, length * s);
  const square = at(turned, size * padded(length));
  const packed = at(square, length * padded(length));
  for (let r = 0; r < rows; r++) {
    const text = load<i32>(at(starts, r));
    const count = load<i32>(at(starts, r + 1)) - text;
    if (count == 0) continue;
    const c = padded(count);
    for (let h = 0; h < heads; h++) {
      const from = at(qkv, text * 3 * width + h * size);
      const b = at(bias, h * size);
      takePart(q, s, from, 3 * width, b, scale, count, size);
      takePart(k, s, at(from, width), 3 * width, at(b, width), 1, count, size);
      takePart(v, s, at(from, 2 * width), 3 * width, at(b, 2 * width), 1, count, size);
      turn(turned, c, k, s, count, size);
      smallProduct(square, c, q, s, 1, turned, c, count, size, count, packed);
      for (let i = 0; i < count; i++) softmaxRow(at(square, i * c), count, c);
      copyRows(at(probs, (r * heads + h) * length * length), length, square, c, count, count);
      smallProduct(q, s, square, c, 1, v, s, count, count, size, packed); // q is done with
      copyRows(at(out, text * width + h * size), width, q, s, count, size);
    }
  }
}

export function attentionBackwardQueries(
  dOut: usize, qkv: usize, bias: usize, probs: usize, starts: usize, dScores: usize, dQkv: usize,
  rows: i32, places: i32, length: i32, width: i32, heads: i32, scratch: usize,
): void {
  memory.fill(dQkv, 0, (<usize>(places * 3 * width)) << 2);
  const size = width / heads;
  const scale = <f32>1 / Mathf.sqrt(<f32>size);
  const s = padded(size);
  const k = scratch;
  const v = at(k, length * s);
  const dQ = at(v, length * s);
  const turned = at(dQ, length * s);
  const square = at(turned, size * padded(length));
  const packed = at(square, length * padded(length));
  for (let r = 0; r < rows; r++) {
    const text = load<i32>(at(starts, r));
    const count = load<i32>(at(starts, r + 1)) - text;
    if (count == 0) continue;
    const c = padded(count);
    for (let h = 0; h < heads; h++) {
      const from = at(qkv, text * 3 * width + h * size);
      const b = at(bias, h * size);
      takePart(k, s, at(from, width), 3 * width, at(b, width), 1, count, size);
      takePart(v, s, at(from, 2 * width), 3 * width, at(b, 2 * width), 1, count, size);
      turn(turned, c, v, s, count, size);
      smallProduct(square, c, at(dOut, text * width + h * size), width, 1, turned, c, count, size, count, packed);
      const prob = at(probs, (r * heads + h) * length * length);
      for (let i = 0; i < count; i++) softmaxBackwardRow(at(square, i * c), at(prob, i * length), count, scale);
      copyRows(at(dScores, (r * heads + h) * length * length), length, square, c, count, count);
      smallProduct(dQ, s, square, c, 1, k, s, count, count, size, packed);
      copyRows(at(dQkv, text * 3 * width + h * size), 3 * width, dQ, s, count, size);
    }
  }
}

/** d <- prob * (d - d . prob) * scale */
function softmaxBackwardRow(d: usize, prob: usize, count: i32, scale: f32): void {
  let means = f32x4.splat(0);
  let j = 0;
  for (; j + 4 <= count; j += 4) means = f32x4.add(means, f32x4.mul(v128.load(at(d, j)), v128.load(at(prob, j))));
  let mean = sum4(means);
  for (; j < count; j++) mean += load<f32>(at(d, j)) * load<f32>(at(prob, j));
  const mean4 = f32x4.splat(mean);
  const scale4 = f32x4.splat(scale);
  for (j = 0; j + 4 <= count; j += 4) {
    const gap = f32x4.sub(v128.load(at(d, j)), mean4);
    v128.store(at(d, j), f32x4.mul(f32x4.mul(v128.load(at(prob, j)), gap), scale4));
  }
  for (; j < count; j++) store<f32>(at(d, j), load<f32>(at(prob, j)) * (load<f32>(at(d, j)) - mean) * scale);
}

export function attentionBackwardKeys(
  dOut: usize, qkv: usize, bias: usize, probs: usize, dScores: usize, starts: usize, dQkv: usize,
  rows: i32, length: i32, width: i32, heads: i32, scratch: usize,
): void {
  const size = width / heads;
  const s = padded(size);
  const q = scratch;
  const dO = at(q, length * s);
  const result = at(dO, length * s);
  const packed = at(result, length * s);
  for (let r = 0; r < rows; r++) {
    const text = load<i32>(at(starts, r));
    const count = load<i32>(at(starts, r + 1)) - text;
    if (count == 0) continue;
    for (let h = 0; h < heads; h++) {
      const head = text * 3 * width + h * size;
      const square = (r * heads + h) * length * length;
      takePart(q, s, at(qkv, head), 3 * width, at(bias, h * size), 1, count, size);
      for (let i = 0; i < count; i++) {
        for (let d = size; d < s; d++) store<f32>(at(dO, i * s + d), 0);
      }
      copyRows(dO, s, at(dOut, text * width + h * size), width, count, size);
      smallProduct(result, s, at(dScores, square), 1, length, q, s, count, count, size, packed);
      copyRows(at(dQkv, head + width), 3 * width, result, s, count, size);
      smallProduct(result, s, at(probs, square), 1, length, dO, s, count, count, size, packed);
      copyRows(at(dQkv, head + 2 * width), 3 * width, result, s, count, size);
    }
  }
}
