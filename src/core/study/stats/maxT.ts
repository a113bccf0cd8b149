// Many cells held against one control, at one look or several: p-values of a family by sign flips. Knows no cell's name.
import { createSignPatterns } from "./signPatterns.ts";

/** One time the results are looked at. */
export interface Look {
  readonly n: number; // seeds so far
  readonly spent: number; // of alpha, by this look and all before it
}

export interface FamilyTest {
  /** Adjusted for cells and looks; at the look that rejected, or at the last one. Rejected where at most that look's `spent`. */
  readonly p: readonly number[];
  /** Of each cell by itself, by the same patterns and at the look that its `p` is of: never above it. */
  readonly alone: readonly number[];
  /** Per cell the look that rejected, from 0. */
  readonly rejectedAt: readonly (number | undefined)[];
  readonly exact: boolean; // every sign pattern was looked at
}

/**
 * MaxT, step down (Westfall & Young 1993, algorithm 2.8; same signs in all cells): were the cells like the control, the
 * differences of one seed could all have had the other sign. The measure of a cell is its mean difference, scaled by one SD
 * pooled over cells, a constant that leaves p as it is; a cell's p is the share of sign patterns in which the largest
 * measure of the cells not yet rejected reaches its own. So differences between cells that go together cost little, and the
 * chance of any false rejection is at most alpha whichever cells differ. Exact where errors are as likely either way, as differences
 * of two cells are that could change places; of several cells with skewed results nearly so (maxT.test.ts).
 *
 * Several looks (exact group sequential permutation test, Mehta et al. 1994; p by stages, Tsiatis, Rosner & Mehta 1984): a
 * pattern that an earlier look would have rejected counts as reached at every later one. What an earlier look rejects is
 * decided for good.
 *
 * @param cells (K, n) differences by seed, in the seeds' order
 * @param looks ascending; the last has n seeds
 * @param sides 2: is the mean other than 0; 1: is it above 0
 */
export function maxT(
  cells: readonly (readonly number[])[],
  looks: readonly Look[],
  sides: 1 | 2 = 2,
): FamilyTest {
  return maxTByLook(
    looks.map(() => cells),
    looks,
    sides,
  );
}

/** As `maxT`, where each look asks something else of the differences: `cells` by look. */
export function maxTByLook(
  cells: readonly (readonly (readonly number[])[])[],
  looks: readonly Look[],
  sides: 1 | 2,
): FamilyTest {
  const n = looks.at(-1)?.n ?? 0;
  if (n < 1 || cells.some((own) => own.some((d) => d.length !== n))) {
    throw new RangeError(`maxT: every cell needs the ${n} differences of the last look`);
  }
  const patterns = createSignPatterns(n, sides === 2);
  const sizes = cells.flat().map((d) => d.reduce((sum, x) => sum + Math.abs(x), 0));
  const measures = looks.map((look, l) =>
    cells[l]!.map((d) => {
      const sums = patterns.sums(d, look.n);
      if (sides === 2) for (let i = 0; i < sums.length; i++) sums[i] = Math.abs(sums[i]!);
      return sums;
    }),
  );
  const rounding = 1e-12 * Math.max(...sizes, Number.MIN_VALUE);
  const steps = stepDown(measures, looks, rounding);
  const alone = steps.rejectedAt.map((at = looks.length - 1, k) => {
    const own = measures[at]![k]!;
    return countFrom(own, own[0]! - rounding) / patterns.count;
  });
  return { ...steps, alone, exact: patterns.exact };
}

/**
 * The steps of `maxT` from what it counts.
 *
 * @param measures by look and cell: of each sign pattern, the one found first
 * @param rounding measures this near count as equal: the same sums in another order
 */
export function stepDown(
  measures: readonly (readonly Float64Array[])[],
  looks: readonly Look[],
  rounding: number,
): Pick<FamilyTest, "p" | "rejectedAt"> {
  const p = measures[0]!.map(() => 1);
  const rejectedAt = p.map((): number | undefined => undefined);
  looks.forEach((look, l) => {
    const open = [...p.keys()].filter((k) => rejectedAt[k] === undefined);
    const ordered = open.sort((a, b) => measures[l]![a]![0]! - measures[l]![b]![0]!);
    const largest = looks
      .slice(0, l + 1)
      .map((_, at) => new Float64Array(measures[at]![0]!.length).fill(-Infinity));
    const single = ordered.map((k) => {
      largest.forEach((sofar, at) => raise(sofar, measures[at]![k]!));
      return reachedShare(largest, looks, measures[l]![k]![0]!, rounding);
    });
    // From the largest down none may be smaller than the one before it.
    let highest = 0;
    for (let i = ordered.length - 1; i >= 0; i--) {
      highest = Math.max(highest, single[i]!);
      p[ordered[i]!] = highest;
      if (highest <= look.spent + 1e-12) rejectedAt[ordered[i]!] = l;
    }
  });
  return { p, rejectedAt };
}

function raise(largest: Float64Array, own: Float64Array): void {
  for (let i = 0; i < own.length; i++) if (own[i]! > largest[i]!) largest[i] = own[i]!;
}

/** Share of patterns that an earlier look rejects, or that reach `found` at the last. */
function reachedShare(
  largest: readonly Float64Array[], // per look (patterns)
  looks: readonly Look[],
  found: number,
  rounding: number,
): number {
  const count = largest[0]!.length;
  if (largest.length === 1) return countFrom(largest[0]!, found - rounding) / count;
  const gone = new Uint8Array(count); // rejected by now
  let nGone = 0;
  largest.forEach((values, l) => {
    const last = l === largest.length - 1;
    const bound = last ? found : boundOf(values, gone, looks[l]!.spent * count - nGone, rounding);
    for (let i = 0; i < count; i++) {
      if (gone[i] === 0 && values[i]! >= bound - rounding) {
        gone[i] = 1;
        nGone++;
      }
    }
  });
  return nGone / count;
}

function countFrom(values: Float64Array, bound: number): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! >= bound) count++;
  return count;
}

/** The lowest bound that at most `allowed` of the patterns still there reach. */
function boundOf(values: Float64Array, gone: Uint8Array, allowed: number, rounding: number): number {
  const most = Math.floor(allowed + 1e-9);
  if (most <= 0) return Infinity;
  const from = (floor: number) => values.filter((value, i) => gone[i] === 0 && value >= floor);
  // Few of many are wanted, and sorting costs most: those above .4 of the largest are nearly always enough.
  const upper = from(0.4 * values.reduce((a, b) => Math.max(a, b), 0));
  const left = (upper.length > most ? upper : from(-Infinity)).sort();
  for (let taken = Math.min(most, left.length); taken > 0; taken--) {
    const bound = left[left.length - taken]!;
    if (!(left[left.length - taken - 1]! >= bound - 2 * rounding)) return bound;
  }
  return Infinity;
}
