// AssemblyScript: kernels that work row by row: unit vectors, GELU, layer norm, sums, AdamW. Widths and sizes are multiples of 4.
// Their meaning is that of the typed-array versions beside them; sums add four lanes, so last bits may differ. Those of unit
// vectors are float64 in the same order: the same bits.
import { exp4, sum4 } from "./simdMath";

@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

/** Twice two float64 as four float32. */
@inline
function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** The last two floats as float64. */
@inline
function highHalf(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

export function unitForward(x: usize, y: usize, norms: usize, rows: i32, width: i32): void {
  for (let r = 0; r < rows; r++) {
    const row = r * width;
    let squares: f64 = 0;
    for (let d = row; d < row + width; d++) {
      const value = <f64>load<f32>(at(x, d));
      squares += value * value;
    }
    const norm = Math.sqrt(squares);
    store<f32>(at(norms, r), <f32>norm);
    const scale = f64x2.splat(<f64>1 / Math.max(norm, 1e-12));
    for (let d = row; d < row + width; d += 4) {
      const four = v128.load(at(x, d));
      const low = f64x2.mul(f64x2.promote_low_f32x4(four), scale);
      v128.store(at(y, d), narrow(low, f64x2.mul(highHalf(four), scale)));
    }
  }
}

export function unitBackward(dy: usize, y: usize, norms: usize, dx: usize, rows: i32, width: i32): void {
  for (let r = 0; r < rows; r++) {
    const row = r * width;
    const norm = <f64>load<f32>(at(norms, r));
    const scale = f64x2.splat(norm < 1e-12 ? 0 : 1 / norm);
    let sum: f64 = 0;
    for (let d = row; d < row + width; d++) sum += <f64>load<f32>(at(y, d)) * <f64>load<f32>(at(dy, d));
    const dot = f64x2.splat(sum);
    for (let d = row; d < row + width; d += 4) {
      const g = v128.load(at(dy, d));
      const u = v128.load(at(y, d));
      const low = f64x2.sub(f64x2.promote_low_f32x4(g), f64x2.mul(f64x2.promote_low_f32x4(u), dot));
      const high = f64x2.sub(highHalf(g), f64x2.mul(highHalf(u), dot));
      v128.store(at(dx, d), narrow(f64x2.mul(low, scale), f64x2.mul(high, scale)));
    }
  }
}

export function biasGelu(x: usize, bias: usize, y: usize, slope: usize, rows: i32, width: i32): void {
  const one = f32x4.splat(1);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c += 4) {
      const i = r * width + c;
      const z = f32x4.add(v128.load(at(x, i)), v128.load(at(bias, c)));
      const bell = exp4(f32x4.mul(f32x4.mul(z, z), f32x4.splat(-0.5)));
      const t = f32x4.div(one, f32x4.add(one, f32x4.mul(f32x4.splat(0.23164189), f32x4.abs(z)))); // 0.3275911 / sqrt 2
      let p = f32x4.add(f32x4.mul(f32x4.splat(1.061405429), t), f32x4.splat(-1.453152027));
      p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741));
      p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.284496736));
      p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592));
      const tail = f32x4.mul(f32x4.mul(f32x4.mul(p, t), bell), f32x4.splat(0.5));
      const phi = v128.bitselect(f32x4.sub(one, tail), tail, f32x4.gt(z, f32x4.splat(0)));
      v128.store(at(y, i), f32x4.mul(z, phi));
      v128.store(at(slope, i), f32x4.add(phi, f32x4.mul(f32x4.mul(z, bell), f32x4.splat(0.3989422804))));
    }
  }
}

export function layerNormForward(
  x: usize, bias: usize, residual: usize, gamma: usize, beta: usize, y: usize, unit: usize, inverse: usize,
  rows: i32, width: i32, joined: i32, epsilon: f32,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * width;
    let sums = f32x4.splat(0);
    for (let d = 0; d < width; d += 4) {
      let value = v128.load(at(x, row + d));
      if (joined) value = f32x4.add(f32x4.add(value, v128.load(at(bias, d))), v128.load(at(residual, row + d)));
      v128.store(at(unit, row + d), value);
      sums = f32x4.add(sums, value);
    }
    const mean = f32x4.splat(sum4(sums) / <f32>width);
    let squares = f32x4.splat(0);
    for (let d = 0; d < width; d += 4) {
      const gap = f32x4.sub(v128.load(at(unit, row + d)), mean);
      squares = f32x4.add(squares, f32x4.mul(gap, gap));
    }
    const scale = <f32>1 / Mathf.sqrt(sum4(squares) / <f32>width + epsilon);
    store<f32>(at(inverse, r), scale);
    const scale4 = f32x4.splat(scale);
    for (let d = 0; d < width; d += 4) {
      const value = f32x4.mul(f32x4.sub(v128.load(at(unit, row + d)), mean), scale4);
      v128.store(at(unit, row + d), value);
      v128.store(at(y, row + d), f32x4.add(f32x4.mul(v128.load(at(gamma, d)), value), v128.load(at(beta, d))));
    }
  }
}

/** dy + extra where there is one (address not 0). */
@inline
function both(dy: usize, extra: usize, i: i32): v128 {
  const g = v128.load(at(dy, i));
  return extra ? f32x4.add(g, v128.load(at(extra, i))) : g;
}

export function layerNormBackward(
  dy: usize, extra: usize, unit: usize, gamma: usize, inverse: usize, ds: usize, rows: i32, width: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * width;
    let sums = f32x4.splat(0);
    let dots = f32x4.splat(0);
    for (let d = 0; d < width; d += 4) {
      const g = f32x4.mul(v128.load(at(gamma, d)), both(dy, extra, row + d));
      sums = f32x4.add(sums, g);
      dots = f32x4.add(dots, f32x4.mul(g, v128.load(at(unit, row + d))));
    }
    const mean = f32x4.splat(sum4(sums) / <f32>width);
    const dot = f32x4.splat(sum4(dots) / <f32>width);
    const scale = f32x4.splat(load<f32>(at(inverse, r)));
    for (let d = 0; d < width; d += 4) {
      const g = f32x4.mul(v128.load(at(gamma, d)), both(dy, extra, row + d));
      const gap = f32x4.sub(f32x4.sub(g, mean), f32x4.mul(v128.load(at(unit, row + d)), dot));
      v128.store(at(ds, row + d), f32x4.mul(scale, gap));
    }
  }
}

export function layerNormParamGradient(
  dy: usize, extra: usize, unit: usize, ds: usize, dGamma: usize, dBeta: usize, dBias: usize, rows: i32, width: i32,
): void {
  const bytes = (<usize>width) << 2;
  memory.fill(dGamma, 0, bytes);
  memory.fill(dBeta, 0, bytes);
  memory.fill(dBias, 0, bytes);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c += 4) {
      const i = r * width + c;
      const g = both(dy, extra, i);
      v128.store(at(dGamma, c), f32x4.add(v128.load(at(dGamma, c)), f32x4.mul(g, v128.load(at(unit, i)))));
      v128.store(at(dBeta, c), f32x4.add(v128.load(at(dBeta, c)), g));
      v128.store(at(dBias, c), f32x4.add(v128.load(at(dBias, c)), v128.load(at(ds, i))));
    }
  }
}

/** slope <- dy * slope; dBias = its column sums. */
export function geluBackward(dy: usize, slope: usize, dBias: usize, rows: i32, width: i32): void {
  memory.fill(dBias, 0, (<usize>width) << 2);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c += 4) {
      const i = r * width + c;
      const gradient = f32x4.mul(v128.load(at(dy, i)), v128.load(at(slope, i)));
      v128.store(at(slope, i), gradient);
      v128.store(at(dBias, c), f32x4.add(v128.load(at(dBias, c)), gradient));
    }
  }
}

@inline
function addRow(to: usize, from: usize, width: i32): void {
  for (let d = 0; d < width; d += 4) {
    v128.store(at(to, d), f32x4.add(v128.load(at(to, d)), v128.load(at(from, d))));
  }
}

export function columnSums(x: usize, sums: usize, rows: i32, width: i32): void {
  memory.fill(sums, 0, (<usize>width) << 2);
  for (let r = 0; r < rows; r++) addRow(sums, at(x, r * width), width);
}

export function segmentSum(
  source: usize, offsets: usize, positions: usize, total: usize, segments: i32, width: i32,
): void {
  memory.fill(total, 0, (<usize>(segments * width)) << 2);
  for (let s = 0; s < segments; s++) {
    const end = load<i32>(at(offsets, s + 1));
    for (let i = load<i32>(at(offsets, s)); i < end; i++) {
      addRow(at(total, s * width), at(source, load<i32>(at(positions, i)) * width), width);
    }
  }
}

/**
 * One AdamW update of `size` elements; `scale` is that of clipping, `step` and `rootScale` hold the corrections;
 * rest = 1 - beta, which in float32 would be off by 5e-5 for beta = 0.999.
 */
export function adamw(
  x: usize, m: usize, v: usize, g: usize, size: i32,
  scale: f32, step: f32, rootScale: f32, shrink: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(rest1);
  const c2 = f32x4.splat(rest2);
  for (let i = 0; i < size; i += 4) {
    const gradient = f32x4.mul(v128.load(at(g, i)), f32x4.splat(scale));
    const first = f32x4.add(f32x4.mul(b1, v128.load(at(m, i))), f32x4.mul(c1, gradient));
    const second = f32x4.add(f32x4.mul(b2, v128.load(at(v, i))), f32x4.mul(f32x4.mul(c2, gradient), gradient));
    v128.store(at(m, i), first);
    v128.store(at(v, i), second);
    const old = v128.load(at(x, i));
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(second), f32x4.splat(rootScale)), f32x4.splat(epsilon));
    const move = f32x4.add(f32x4.div(f32x4.mul(f32x4.splat(step), first), root), f32x4.mul(f32x4.splat(shrink), old));
    v128.store(at(x, i), f32x4.sub(old, move));
  }
}

/** `adamw` of rows ids[0 .. count) of x, m and v, by rows 0 .. count of g. */
export function adamwRows(
  x: usize, m: usize, v: usize, g: usize, ids: usize, count: i32, width: i32,
  scale: f32, step: f32, rootScale: f32, shrink: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32, epsilon: f32,
): void {
  for (let u = 0; u < count; u++) {
    const row = load<i32>(at(ids, u)) * width;
    adamw(
      at(x, row), at(m, row), at(v, row), at(g, u * width), width,
      scale, step, rootScale, shrink, beta1, beta2, rest1, rest2, epsilon,
    );
  }
}
