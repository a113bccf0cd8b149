// The words for what cells differ from the control by, in their order (STUDIES 3). Writes no sentence.
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { equivalence } from "./equivalence.ts";
import { familyIntervals } from "./familyInterval.ts";
import { looksHad } from "./looks.ts";
import { maxT, type Look } from "./maxT.ts";
import { seedsNeeded } from "./planner.ts";

export type VerdictKind = "tooFew" | "better" | "worse" | "same" | "undecided";

export interface StudyVerdict {
  readonly kind: VerdictKind;
  /** Better or worse, but by less than delta. */
  readonly small?: true;
  /** About so many more seeds would decide; left out where more than 400 would be needed. */
  readonly more?: number;
}

export interface CellFinding {
  readonly n: number; // seeds up to the last look that was had: later ones wait for the next
  readonly mean: number; // in the measure's own direction
  /** Differences not ruled out by sign flips, in the family and over the looks; left out with too few seeds. */
  readonly low?: number;
  readonly high?: number;
  readonly p: number; // that it is 0; adjusted for the family and its looks
  readonly alone: number; // the same of this cell and look alone, from the same seeds: at most p
  readonly nTested: number; // seeds of the look that p is of: the one that found a difference, else the last
  readonly pSame: number; // that it is delta or more either way
  readonly verdict: StudyVerdict;
}

export interface Family {
  /** (K, n) differences from the control by seed, in the seeds' order, the same seeds in every cell. */
  readonly cells: readonly (readonly number[])[];
  readonly delta: number; // smallest difference that matters, > 0
  readonly lessIsBetter: boolean;
  readonly looks: readonly Look[]; // planned and added; those beyond n are not had yet
}

/**
 * All words of a family of cells rest on one exact test, sign flips with the same signs in all cells, asked three things:
 *
 * 1. fewer than six seeds, or than the first look wants: too few seeds to test;
 * 2. MaxT rejects "no difference" at the alpha that the looks have spent so far, at this look or an earlier one: better or worse,
 *    by the sign of the mean. The interval is made of the values that this test does not reject, so it leaves 0 out just
 *    then; where all of it lies within +-delta, it is "by less than delta";
 * 3. both one-sided tests against +-delta reject: no difference larger than delta;
 * 4. else undecided. Were the difference what was found, the nearer claim is that it is not 0 or that it is within delta,
 *    max(|mean|, delta - |mean|) away; as many seeds as the planner wants for that, at the SD of the study, would decide.
 *
 * So in a family without any difference a better or worse is said in at most 5 % of studies, and in one whose cells differ by
 * delta "no difference" in at most 5 %, with any looks (docs/errorTable.md). Intervals by Student's t are not asked: with six
 * seeds they leave 0 out where no exact test can reach .05.
 */
export function studyVerdicts(family: Family): CellFinding[] {
  const { cells, delta, looks } = family;
  const kinds = verdictKinds(family);
  const had = looksHad(looks, cells[0]?.length ?? 0);
  const n = had.at(-1)?.n ?? cells[0]?.length ?? 0;
  const seen = cells.map((d) => d.slice(0, n));
  const intervals = familyIntervals(seen, had);
  const sd = pooledSd(seen);
  return kinds.map(({ kind, ...test }, k): CellFinding => {
    const interval = intervals[k];
    const mean = meanOf(seen[k]!);
    const differs = kind === "better" || kind === "worse";
    const small = differs && interval && Math.max(-interval.low, interval.high) < delta;
    const nearer = Math.max(Math.abs(mean), delta - Math.abs(mean)) / sd;
    const needed = kind === "undecided" ? seedsNeeded(nearer, cells.length) : undefined;
    const more = needed !== undefined && { more: Math.max(1, needed - n) };
    return { n, mean, ...interval, ...test, verdict: { kind, ...(small && { small }), ...more } };
  });
}

/** The words alone, with what they rest on. */
export function verdictKinds({
  cells,
  delta,
  lessIsBetter,
  looks,
}: Family): (Pick<CellFinding, "p" | "alone" | "nTested" | "pSame"> & { readonly kind: VerdictKind })[] {
  const n = cells[0]?.length ?? 0;
  const had = looksHad(looks, n);
  if (n < LEAST_SEEDS || had.length === 0) {
    const { p, alone } = maxT(cells, [{ n, spent: 0 }]);
    return p.map((one, k) => ({ kind: "tooFew", p: one, alone: alone[k]!, nTested: n, pSame: 1 }));
  }
  const seen = cells.map((d) => d.slice(0, had.at(-1)!.n));
  const differs = maxT(seen, had);
  const same = equivalence(seen, delta, had);
  return seen.map((d, k) => {
    const kind = (): VerdictKind => {
      if (differs.rejectedAt[k] !== undefined) return meanOf(d) > 0 !== lessIsBetter ? "better" : "worse";
      return same.rejectedAt[k] === undefined ? "undecided" : "same";
    };
    const nTested = had[differs.rejectedAt[k] ?? had.length - 1]!.n;
    return { kind: kind(), p: differs.p[k]!, alone: differs.alone[k]!, nTested, pSame: same.p[k]! };
  });
}

const meanOf = (d: readonly number[]): number => d.reduce((sum, x) => sum + x, 0) / d.length;

/** One SD of paired differences, pooled over cells: the root of their mean variance. */
export function pooledSd(cells: readonly (readonly number[])[]): number {
  const variances = cells.map((d) => {
    const mean = meanOf(d);
    return d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (d.length - 1);
  });
  return Math.sqrt(variances.reduce((sum, x) => sum + x, 0) / variances.length);
}
