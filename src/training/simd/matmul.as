// AssemblyScript: float32 products in 128-bit SIMD on tfjs's own heap. Either operand with any strides, no copies kept.
// Every sum runs in a fixed order, so equal operands give equal bits. All addresses are bytes, all strides floats.
import { mulAdd } from "./simdMath";

const DEPTH: i32 = 256; // of one packed block of b: a panel of it (8 KiB) stays in the first cache
const ROWS: i32 = 64; // of a, worked on against all of that block

/**
 * Four rows of c (8 columns each) = or += packed rows of a (k, 4) times 8 columns of b, whose rows are bStep bytes apart.
 *
 * Two steps a round, with a way out between them that keeps V8 from gathering the loads of both before the sums, which
 * then no longer fit the registers; packed rows spare it an address a load (docs/performance.md).
 */
@inline
function fourRows(c: usize, ldc: i32, a: usize, b: usize, bStep: usize, k: i32, add: bool): void {
  const end = a + ((<usize>k) << 4);
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  while (true) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    s00 = mulAdd(x0, b0, s00);
    s01 = mulAdd(x0, b1, s01);
    const x1 = v128.load32_splat(a, 4);
    s10 = mulAdd(x1, b0, s10);
    s11 = mulAdd(x1, b1, s11);
    const x2 = v128.load32_splat(a, 8);
    s20 = mulAdd(x2, b0, s20);
    s21 = mulAdd(x2, b1, s21);
    const x3 = v128.load32_splat(a, 12);
    s30 = mulAdd(x3, b0, s30);
    s31 = mulAdd(x3, b1, s31);
    if (a + 16 == end) break;
    b += bStep;
    const d0 = v128.load(b);
    const d1 = v128.load(b, 16);
    const y0 = v128.load32_splat(a, 16);
    s00 = mulAdd(y0, d0, s00);
    s01 = mulAdd(y0, d1, s01);
    const y1 = v128.load32_splat(a, 20);
    s10 = mulAdd(y1, d0, s10);
    s11 = mulAdd(y1, d1, s11);
    const y2 = v128.load32_splat(a, 24);
    s20 = mulAdd(y2, d0, s20);
    s21 = mulAdd(y2, d1, s21);
    const y3 = v128.load32_splat(a, 28);
    s30 = mulAdd(y3, d0, s30);
    s31 = mulAdd(y3, d1, s31);
    b += bStep;
    a += 32;
    if (a == end) break;
  }
  const step = (<usize>ldc) << 2;
  put(c, s00, s01, add);
  put(c + step, s10, s11, add);
  put(c + 2 * step, s20, s21, add);
  put(c + 3 * step, s30, s31, add);
}

@inline
function oneRow(c: usize, a: usize, acs: i32, b: usize, ldb: i32, k: i32, add: bool): void {
  const aStep = (<usize>acs) << 2;
  const bStep = (<usize>ldb) << 2;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let p = 0; p < k; p++) {
    const x = v128.load32_splat(a);
    s0 = mulAdd(x, v128.load(b), s0);
    s1 = mulAdd(x, v128.load(b, 16), s1);
    a += aStep;
    b += bStep;
  }
  put(c, s0, s1, add);
}

@inline
function put(c: usize, s0: v128, s1: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(v128.load(c), s0) : s0);
  v128.store(c, add ? f32x4.add(v128.load(c, 16), s1) : s1, 16);
}

/** Every four of n rows of a as (k, 4), end to end; the last n % 4 are left out. */
function packRows(to: usize, a: usize, ars: i32, acs: i32, n: i32, k: i32): void {
  for (let i = 0; i + 4 <= n; i += 4) {
    const first = a + ((<usize>(i * ars)) << 2);
    let p = 0;
    if (acs == 1) {
      for (; p + 4 <= k; p += 4) {
        transpose4(to, 16, first + ((<usize>p) << 2), ars);
        to += 64;
      }
    } else if (ars == 1) {
      for (; p < k; p++) {
        v128.store(to, v128.load(first + ((<usize>(p * acs)) << 2)));
        to += 16;
      }
    }
    for (; p < k; p++) {
      for (let r = 0; r < 4; r++) {
        store<f32>(to + ((<usize>r) << 2), load<f32>(first + ((<usize>(r * ars + p * acs)) << 2)));
      }
      to += 16;
    }
  }
}

/** c's n rows of 8 columns, a lying as it is and packed by `packRows`. */
@inline
function panel(
  c: usize, ldc: i32, a: usize, ars: i32, acs: i32, packed: usize, b: usize, ldb: i32, n: i32, k: i32, add: bool,
): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    fourRows(c + ((<usize>(i * ldc)) << 2), ldc, packed + ((<usize>(i * k)) << 2), b, (<usize>ldb) << 2, k, add);
  }
  for (; i < n; i++) {
    oneRow(c + ((<usize>(i * ldc)) << 2), a + ((<usize>(i * ars)) << 2), acs, b, ldb, k, add);
  }
}

/**
 * c (n, m) = or, with `add`, += a (n, k) times b (k, m) for small shapes: b row-major with rows of ldb floats, c with rows of ldc;
 * m is rounded up to a multiple of 8, so b must be readable and c writable so far. `packed` has room for n k floats.
 */
export function smallProduct(
  c: usize, ldc: i32, a: usize, ars: i32, acs: i32, b: usize, ldb: i32, n: i32, k: i32, m: i32, packed: usize, add: bool,
): void {
  packRows(packed, a, ars, acs, n, k);
  for (let j = 0; j < m; j += 8) {
    const at = (<usize>j) << 2;
    panel(c + at, ldc, a, ars, acs, packed, b + at, ldb, n, k, add);
  }
}

/** Columns j .. j + 8 of `k` rows of b, end to end; zeros past column m. */
function packPanel(to: usize, b: usize, brs: i32, bcs: i32, k: i32, live: i32): void {
  if (live == 8 && bcs == 1) {
    for (let p = 0; p < k; p++) {
      const from = b + ((<usize>(p * brs)) << 2);
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
    }
    return;
  }
  if (live == 8 && brs == 1) {
    let p = 0;
    for (; p + 4 <= k; p += 4) {
      const from = b + ((<usize>p) << 2);
      transpose4(to, 32, from, bcs);
      transpose4(to + 16, 32, from + ((<usize>(4 * bcs)) << 2), bcs);
      to += 128;
    }
    for (; p < k; p++) {
      for (let j = 0; j < 8; j++) {
        store<f32>(to + ((<usize>j) << 2), load<f32>(b + ((<usize>(p + j * bcs)) << 2)));
      }
      to += 32;
    }
    return;
  }
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < 8; j++) {
      const value = j < live ? load<f32>(b + ((<usize>(p * brs + j * bcs)) << 2)) : 0;
      store<f32>(to + ((<usize>j) << 2), value);
    }
    to += 32;
  }
}

/** A 4 x 4 square whose rows are `stride` floats apart, turned, into rows `toBytes` bytes apart. */
@inline
export function transpose4(to: usize, toBytes: usize, from: usize, stride: i32): void {
  const step = (<usize>stride) << 2;
  const r0 = v128.load(from);
  const r1 = v128.load(from + step);
  const r2 = v128.load(from + 2 * step);
  const r3 = v128.load(from + 3 * step);
  const ab0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to + toBytes, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to + 2 * toBytes, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to + 3 * toBytes, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

/** Floats of scratch that `matmul` needs for m columns: packed blocks of b and a, a tile for columns past the end. */
export function matmulScratch(m: i32): i32 {
  return DEPTH * ((m + 7) & ~7) + ROWS * DEPTH + ROWS * 8;
}

/** c (n, m), row-major = a (n, k) times b (k, m); a[i, p] at a + ars i + acs p, b[p, j] at b + brs p + bcs j. */
export function matmul(
  c: usize,
  a: usize,
  ars: i32,
  acs: i32,
  b: usize,
  brs: i32,
  bcs: i32,
  n: i32,
  k: i32,
  m: i32,
  scratch: usize,
): void {
  const packed = scratch + ((<usize>(DEPTH * ((m + 7) & ~7))) << 2);
  const tile = packed + ((<usize>(ROWS * DEPTH)) << 2);
  for (let p = 0; p < k; p += DEPTH) {
    const depth = min(DEPTH, k - p);
    const bytes = (<usize>depth) << 5; // of one panel
    const first = b + ((<usize>(p * brs)) << 2);
    let to = scratch;
    for (let j = 0; j < m; j += 8) {
      packPanel(to, first + ((<usize>(j * bcs)) << 2), brs, bcs, depth, min(8, m - j));
      to += bytes;
    }
    for (let i = 0; i < n; i += ROWS) {
      const rows = min(ROWS, n - i);
      const left = a + ((<usize>(i * ars + p * acs)) << 2);
      packRows(packed, left, ars, acs, rows, depth);
      let from = scratch;
      for (let j = 0; j < m; j += 8) {
        const out = c + ((<usize>(i * m + j)) << 2);
        const live = m - j;
        if (live >= 8) panel(out, m, left, ars, acs, packed, from, 8, rows, depth, p > 0);
        else {
          panel(tile, 8, left, ars, acs, packed, from, 8, rows, depth, false);
          for (let r = 0; r < rows; r++) {
            for (let x = 0; x < live; x++) {
              const at = out + ((<usize>(r * m + x)) << 2);
              const value = load<f32>(tile + ((<usize>(r * 8 + x)) << 2));
              store<f32>(at, p > 0 ? load<f32>(at) + value : value);
            }
          }
        }
        from += bytes;
      }
    }
  }
}

/** x y + sum as this build rounds it, for whoever asks whether the processor fuses. */
export function roundedOnce(x: f32, y: f32, sum: f32): f32 {
  return f32x4.extract_lane(mulAdd(f32x4.splat(x), f32x4.splat(y), f32x4.splat(sum)), 0);
}
