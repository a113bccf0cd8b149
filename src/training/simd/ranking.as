// AssemblyScript: who outranks the relevant passages of each query, as ranking.ts defines it, over rows of scores that
// lie in blocks of columns. Counts with four comparisons at once and looks closer only where scores are equal.

const TOP: i32 = 10;
const STRIP: i32 = 64; // columns between two looks for equal scores

@inline
function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2);
}

@inline
function count4(x: v128): i32 {
  return i32x4.extract_lane(x, 0) + i32x4.extract_lane(x, 1) + i32x4.extract_lane(x, 2) + i32x4.extract_lane(x, 3);
}

/** Stretches of columns of one language and one block: start, end, language, three numbers each; returns how many. */
function listStretches(langs: usize, pool: i32, block: i32, to: usize): i32 {
  let n = 0;
  let start = 0;
  for (let i = 1; i <= pool; i++) {
    if (i < pool && i % block != 0 && load<i32>(at(langs, i)) == load<i32>(at(langs, start))) continue;
    store<i32>(at(to, 3 * n), start);
    store<i32>(at(to, 3 * n + 1), i);
    store<i32>(at(to, 3 * n + 2), load<i32>(at(langs, start)));
    n++;
    start = i;
  }
  return n;
}

/** Ints of scratch: the stretches, four relevant passages (score, tie, language, two counts each), the top. */
export function rankScratch(pool: i32): i32 {
  return 3 * pool + 20 + 2 * TOP;
}

/** Of `count` scores from `row`, columns `first` on: adds those above each of four thresholds to `counts`, ties too. */
function countAbove(row: usize, first: i32, count: i32, ties: usize, four: usize, counts: usize): void {
  const t0 = v128.load32_splat(four);
  const t1 = v128.load32_splat(four, 4);
  const t2 = v128.load32_splat(four, 8);
  const t3 = v128.load32_splat(four, 12);
  for (let strip = 0; strip < count; strip += STRIP) {
    const end = min(strip + STRIP, count);
    let c0 = i32x4.splat(0);
    let c1 = i32x4.splat(0);
    let c2 = i32x4.splat(0);
    let c3 = i32x4.splat(0);
    let equal = i32x4.splat(0);
    let i = strip;
    for (; i + 4 <= end; i += 4) {
      const s = v128.load(at(row, i));
      c0 = i32x4.sub(c0, f32x4.gt(s, t0));
      c1 = i32x4.sub(c1, f32x4.gt(s, t1));
      c2 = i32x4.sub(c2, f32x4.gt(s, t2));
      c3 = i32x4.sub(c3, f32x4.gt(s, t3));
      const e01 = v128.or(f32x4.eq(s, t0), f32x4.eq(s, t1));
      const e23 = v128.or(f32x4.eq(s, t2), f32x4.eq(s, t3));
      equal = v128.or(equal, v128.or(e01, e23));
    }
    store<i32>(counts, load<i32>(counts) + count4(c0));
    store<i32>(counts, load<i32>(counts, 4) + count4(c1), 4);
    store<i32>(counts, load<i32>(counts, 8) + count4(c2), 8);
    store<i32>(counts, load<i32>(counts, 12) + count4(c3), 12);
    if (i < end) countOneByOne(row, i, end, four, counts);
    if (v128.any_true(equal) || i < end) countTies(row, strip, end, first, ties, four, counts);
  }
}

function countOneByOne(row: usize, from: i32, end: i32, four: usize, counts: usize): void {
  for (let i = from; i < end; i++) {
    const s = load<f32>(at(row, i));
    for (let x = 0; x < 4; x++) {
      if (s > load<f32>(at(four, x))) store<i32>(at(counts, x), load<i32>(at(counts, x)) + 1);
    }
  }
}

/** Of equal scores the one earlier in the tie order ranks higher. */
function countTies(row: usize, from: i32, end: i32, first: i32, ties: usize, four: usize, counts: usize): void {
  for (let i = from; i < end; i++) {
    const s = load<f32>(at(row, i));
    for (let x = 0; x < 4; x++) {
      if (s != load<f32>(at(four, x))) continue;
      if (load<i32>(at(ties, first + i)) < load<i32>(at(four, 4 + x))) {
        store<i32>(at(counts, x), load<i32>(at(counts, x)) + 1);
      }
    }
  }
}

/** Passages of language `lang` among the best ten; -1 if a score is not a number. */
function topOfLanguage(
  scores: usize, query: i32, rows: i32, block: i32, pool: i32, ties: usize, langs: usize, lang: i32, top: usize,
): i32 {
  const wanted = min(TOP, pool);
  let held = 0;
  let gate: f32 = -Infinity;
  let odd = i32x4.splat(0); // NaN differs from itself
  for (let first = 0; first < pool; first += block) {
    const row = at(scores, (first / block * rows + query) * block);
    const count = min(block, pool - first);
    let i = 0;
    while (i < count) {
      if (i + 8 <= count) {
        const s0 = v128.load(at(row, i));
        const s1 = v128.load(at(row, i), 16);
        odd = v128.or(odd, v128.or(f32x4.ne(s0, s0), f32x4.ne(s1, s1)));
        const g = f32x4.splat(gate);
        if (!v128.any_true(v128.or(f32x4.ge(s0, g), f32x4.ge(s1, g)))) {
          i += 8;
          continue;
        }
      }
      const end = min(i + 8, count);
      for (; i < end; i++) {
        const s = load<f32>(at(row, i));
        if (s != s) return -1;
        if (s < gate) continue;
        const tie = load<i32>(at(ties, first + i));
        let place = held;
        for (; place > 0; place--) {
          const other = load<f32>(at(top, 2 * place - 2));
          const otherColumn = load<i32>(at(top, 2 * place - 1));
          if (other > s || (other == s && load<i32>(at(ties, otherColumn)) < tie)) break;
          if (place < wanted) {
            store<f32>(at(top, 2 * place), other);
            store<i32>(at(top, 2 * place + 1), otherColumn);
          }
        }
        if (place < wanted) {
          store<f32>(at(top, 2 * place), s);
          store<i32>(at(top, 2 * place + 1), first + i);
        }
        held = min(held + 1, wanted);
        if (held == wanted) gate = load<f32>(at(top, 2 * wanted - 2));
      }
    }
  }
  if (v128.any_true(odd)) return -1;
  let same = 0;
  for (let x = 0; x < held; x++) {
    if (load<i32>(at(langs, load<i32>(at(top, 2 * x + 1)))) == lang) same++;
  }
  return same;
}

export function rankCounts(
  scores: usize, ties: usize, langs: usize, queryLangs: usize, offsets: usize, relevant: usize, above: usize, top: usize,
  rows: i32, block: i32, pool: i32, scratch: usize,
): void {
  const stretches = scratch;
  const n = listStretches(langs, pool, block, stretches);
  const four = at(scratch, 3 * pool); // 4 thresholds, their 4 ties, their 4 languages
  const counts = at(four, 12); // 4 of one stretch
  const best = at(four, 20);
  for (let q = 0; q < rows; q++) {
    const end = load<i32>(at(offsets, q + 1));
    for (let r = load<i32>(at(offsets, q)); r < end; r += 4) {
      for (let x = 0; x < 4; x++) {
        const known = r + x < end;
        const passage = known ? load<i32>(at(relevant, r + x)) : 0;
        const score = load<f32>(at(scores, (passage / block * rows + q) * block + passage % block));
        store<f32>(at(four, x), known ? score : <f32>Infinity);
        store<i32>(at(four, 4 + x), known ? load<i32>(at(ties, passage)) : 0);
        store<i32>(at(four, 8 + x), load<i32>(at(langs, passage)));
        if (known) {
          store<f32>(at(above, 2 * (r + x)), 0);
          store<f32>(at(above, 2 * (r + x) + 1), 0);
        }
      }
      for (let s = 0; s < n; s++) {
        const from = load<i32>(at(stretches, 3 * s));
        const to = load<i32>(at(stretches, 3 * s + 1));
        const lang = load<i32>(at(stretches, 3 * s + 2));
        const row = at(scores, (from / block * rows + q) * block + from % block);
        v128.store(counts, i32x4.splat(0));
        countAbove(row, from, to - from, ties, four, counts);
        for (let x = 0; x < min(4, end - r); x++) {
          const count = <f32>load<i32>(at(counts, x));
          const total = at(above, 2 * (r + x));
          store<f32>(total, load<f32>(total) + count);
          if (lang == load<i32>(at(four, 8 + x))) store<f32>(total, load<f32>(total, 4) + count, 4);
        }
      }
    }
    const lang = load<i32>(at(queryLangs, q));
    store<f32>(at(top, q), <f32>topOfLanguage(scores, q, rows, block, pool, ties, langs, lang, best));
  }
}
