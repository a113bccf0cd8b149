// Ranks from scores where the scores are: who stands above each relevant passage, counted on the device. Sums nothing up.
import { defineKernel } from "../engine/kernel.ts";

const TOP = 10; // TOP_CUT of core/metrics/blockCounts.ts

/** Counts are kept as float32, which holds whole numbers up to here. */
export const LARGEST_POOL = 2 ** 24;

/**
 * For each relevant passage of each of `rows` queries: above[2 r] = candidates of the pool that outrank it, above[2 r + 1]
 * = those of its own language; and top[q] = passages of the query's language among the best min(10, pool), -1 if one of
 * the query's scores is not a number. A candidate outranks another by a higher score, or the same and an earlier tie.
 *
 * scores: blocks of `block` columns, each (rows, block), the last with columns past the pool that are not read;
 * ties, langs (pool); queryLangs (rows); offsets (rows + 1) into relevant; above (offsets[rows], 2), top (rows).
 */
export const rankCounts = defineKernel({
  name: "rankCounts",
  buffers: {
    scores: "in f32",
    ties: "in i32",
    langs: "in i32",
    queryLangs: "in i32",
    offsets: "in i32",
    relevant: "in i32",
    above: "out f32",
    top: "out f32",
  },
  params: { rows: "u32", block: "u32", pool: "u32" },
  onArrays({ scores, ties, langs, queryLangs, offsets, relevant, above, top }, { rows, block, pool }) {
    const row = new Float32Array(pool);
    const outranks = (a: number, b: number) =>
      row[a]! > row[b]! || (row[a] === row[b] && ties[a]! < ties[b]!);
    for (let q = 0; q < rows; q++) {
      for (let i = 0; i < pool; i++)
        row[i] = scores[(Math.floor(i / block) * rows + q) * block + (i % block)]!;
      for (let r = offsets[q]!; r < offsets[q + 1]!; r++) {
        const passage = relevant[r]!;
        let all = 0;
        let own = 0;
        for (let i = 0; i < pool; i++) {
          if (!outranks(i, passage)) continue;
          all++;
          if (langs[i] === langs[passage]) own++;
        }
        above[2 * r] = all;
        above[2 * r + 1] = own;
      }
      const best: number[] = [];
      for (let i = 0; i < pool; i++) {
        let at = best.length;
        while (at > 0 && outranks(i, best[at - 1]!)) at--;
        if (at < TOP) best.splice(at, 0, i);
        if (best.length > TOP) best.pop();
      }
      top[q] = row.some(Number.isNaN) ? -1 : best.filter((i) => langs[i] === queryLangs[q]).length;
    }
  },
  onSimd(at, { rows, block, pool }, { routines, scratch }) {
    const { scores, ties, langs, queryLangs, offsets, relevant, above, top } = at;
    const where = [scores, ties, langs, queryLangs, offsets, relevant, above, top];
    routines.rankCounts(...where, rows, block, pool, scratch(routines.rankScratch(pool)));
    return true;
  },
  lanes: 64,
  groups: ({ rows }) => rows,
  wgslModule: `
var<workgroup> partTop: array<f32, 64>;
var<workgroup> partColumn: array<u32, 64>;
var<workgroup> partCount: array<vec2<u32>, 64>;
fn placeOf(query: u32, column: u32) -> u32 {
  return (column / p.block * p.rows + query) * p.block + column % p.block;
}
fn total(lane: u32, mine: vec2<u32>) -> vec2<u32> {
  partCount[lane] = mine;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { partCount[lane] += partCount[lane + half]; }
    workgroupBarrier();
  }
  let all = partCount[0];
  workgroupBarrier();
  return all;
}
const NONE = 0xffffffffu;
// Whether column a, of score s, ranks above column b, of score t.
fn outranks(s: f32, a: u32, t: f32, b: u32) -> bool {
  return s > t || (s == t && ties[a] < ties[b]);
}`,
  wgsl: `
  if (group >= p.rows) { return; }
  // NaN by its bits: comparisons may be compiled as if there were none.
  var odd = 0u;
  for (var i = lane; i < p.pool; i += LANES) {
    if ((bitcast<u32>(scores[placeOf(group, i)]) & 0x7fffffffu) > 0x7f800000u) { odd = 1u; }
  }
  let isOdd = total(lane, vec2(odd, 0u)).x > 0u;

  // Four relevant passages in one pass over the row.
  let end = u32(offsets[group + 1u]);
  for (var r = u32(offsets[group]); r < end; r += 4u) {
    var column: array<u32, 4>;
    var limit: array<f32, 4>;
    var all = array<vec2<u32>, 4>();
    for (var x = 0u; x < 4u; x++) {
      column[x] = u32(relevant[min(r + x, end - 1u)]);
      limit[x] = scores[placeOf(group, column[x])];
    }
    for (var i = lane; i < p.pool; i += LANES) {
      let s = scores[placeOf(group, i)];
      for (var x = 0u; x < 4u; x++) {
        if (outranks(s, i, limit[x], column[x])) {
          all[x] += vec2(1u, select(0u, 1u, langs[i] == langs[column[x]]));
        }
      }
    }
    for (var x = 0u; x < 4u; x++) {
      let sum = total(lane, all[x]);
      if (lane == 0u && r + x < end) {
        above[2u * (r + x)] = f32(sum.x);
        above[2u * (r + x) + 1u] = f32(sum.y);
      }
    }
  }

  // The best ten one after the other: each lane offers the best of its columns below the last one taken.
  var same = 0u;
  var taken = NONE;
  var takenScore = 0.0;
  var mine = NONE;
  var mineScore = 0.0;
  var stale = true;
  for (var place = 0u; place < min(${TOP}u, p.pool); place++) {
    if (stale) {
      mine = NONE;
      for (var i = lane; i < p.pool; i += LANES) {
        let s = scores[placeOf(group, i)];
        if (taken != NONE && !outranks(takenScore, taken, s, i)) { continue; }
        if (mine == NONE || outranks(s, i, mineScore, mine)) {
          mine = i;
          mineScore = s;
        }
      }
    }
    partTop[lane] = mineScore;
    partColumn[lane] = mine;
    workgroupBarrier();
    for (var half = 32u; half > 0u; half /= 2u) {
      if (lane < half && partColumn[lane + half] != NONE) {
        let s = partTop[lane + half];
        let i = partColumn[lane + half];
        if (partColumn[lane] == NONE || outranks(s, i, partTop[lane], partColumn[lane])) {
          partTop[lane] = s;
          partColumn[lane] = i;
        }
      }
      workgroupBarrier();
    }
    taken = workgroupUniformLoad(&partColumn[0]);
    takenScore = partTop[0];
    stale = taken == mine;
    if (taken == NONE) { break; } // only where scores are not numbers
    if (langs[taken] == queryLangs[group]) { same++; }
    workgroupBarrier();
  }
  if (lane == 0u) { top[group] = select(f32(same), -1.0, isOdd); }`,
});
