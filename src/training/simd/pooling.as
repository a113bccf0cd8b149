// AssemblyScript: pooling as pooling.ts defines it. Sums are float64, two at a time, so the bits are those of its arrays.

@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

const WEIGHTED: i32 = 1; // POOL_MODES of pooling.ts
const FIRST: i32 = 2;

export function poolForward(
  source: usize, weights: usize, ids: usize, starts: usize, pooled: usize,
  rows: i32, width: i32, mode: i32, indirect: i32,
): void {
  memory.fill(pooled, 0, (<usize>(rows * width)) << 2);
  for (let r = 0; r < rows; r++) {
    const out = at(pooled, r * width);
    const start = load<i32>(at(starts, r));
    const end = mode == FIRST ? min(start + 1, load<i32>(at(starts, r + 1))) : load<i32>(at(starts, r + 1));
    for (let i = start; i < end; i++) {
      const id = load<i32>(at(ids, i));
      const weight: f64 = mode == WEIGHTED ? load<f32>(at(weights, id)) : 1;
      if (weight == 0) continue;
      const w = f64x2.splat(weight);
      const from = at(source, (indirect ? id : i) * width);
      for (let d = 0; d < width; d += 2) {
        const product = f64x2.mul(w, f64x2.promote_low_f32x4(v128.load64_zero(at(from, d))));
        const sum = f64x2.add(f64x2.promote_low_f32x4(v128.load64_zero(at(out, d))), product);
        v128.store64_lane(at(out, d), f32x4.demote_f64x2_zero(sum), 0);
      }
    }
  }
}

export function bagGradient(
  table: usize, weights: usize, ids: usize, sum: usize, dWeight: usize, count: i32, width: i32, mode: i32,
): void {
  for (let u = 0; u < count; u++) {
    const id = load<i32>(at(ids, u));
    const weight = f32x4.splat(mode == WEIGHTED ? load<f32>(at(weights, id)) : 1);
    const row = at(table, id * width);
    const gradient = at(sum, u * width);
    let dot: f64 = 0;
    for (let d = 0; d < width; d += 4) {
      const x = v128.load(at(row, d));
      const g = v128.load(at(gradient, d));
      const low = f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(g));
      dot += f64x2.extract_lane(low, 0);
      dot += f64x2.extract_lane(low, 1);
      const x2 = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
      const g2 = v128.shuffle<f32>(g, g, 2, 3, 2, 3);
      const high = f64x2.mul(f64x2.promote_low_f32x4(x2), f64x2.promote_low_f32x4(g2));
      dot += f64x2.extract_lane(high, 0);
      dot += f64x2.extract_lane(high, 1);
      v128.store(at(gradient, d), f32x4.mul(g, weight));
    }
    store<f32>(at(dWeight, u), <f32>dot);
  }
}
