// Every difference of a family as a finding: interval, p, p over the family and all looks, verdict. The formulas are in
// core/study/stats; here is which cells and seeds make a family, and what δ a measure has.
import { findMetric } from "../../metrics/metricTable.ts";
import { LEAST_SEEDS } from "../../series/comparedSeeds.ts";
import { endedAt, looksHad, plannedLooks, withAddedLooks } from "../stats/looks.ts";
import type { Look } from "../stats/maxT.ts";
import { studyVerdicts } from "../stats/studyVerdict.ts";
import type { Study } from "../study.ts";
import { seedMean } from "./seedMeans.ts";
import type { CellDifference, SeedValue } from "./studyAnalysis.ts";

/** By cell, in the study's order; each with at least one seed. */
export type CellDifferences = ReadonlyMap<string, readonly SeedValue[]>;

/** Cells with less than this share of the seeds of the fullest one are told apart: they would take the others' seeds away. */
const FULL = 0.5;

/**
 * Planned looks and those added after the end, with the alpha that each may have spent.
 *
 * @param over so many seeds in common are all that will come, since runs failed; left out: more may come
 */
export function looksOf(
  { looks: given, seeds, addedLooks = 0 }: Pick<Study, "looks" | "seeds" | "addedLooks">,
  over?: number,
): Look[] {
  const all = given ?? [seeds.length];
  const planned = all.slice(0, all.length - addedLooks);
  const looks = withAddedLooks(plannedLooks(planned), all.slice(planned.length));
  const isOver = over !== undefined && over >= LEAST_SEEDS && seeds.length >= all.at(-1)!;
  return isOver ? endedAt(looks, over) : looks;
}

/**
 * δ of a measure: the study's, for its primary measure and for others of its unit; undefined where δ says nothing of it.
 */
export function smallestOf({ primary, smallestEffect }: Study, metric: string): number | undefined {
  const unitOf = (path: string) => findMetric(path)?.scale;
  return metric === primary || (unitOf(metric) === "score" && unitOf(primary) === "score")
    ? smallestEffect
    : undefined;
}

/**
 * Cells that share their seeds make one family; a cell that has few of them is compared by itself, and called untested.
 *
 * @param isOver no run is to come
 */
export function cellVerdicts(
  study: Study,
  differences: CellDifferences,
  metric: string,
  isOver: boolean,
): Map<string, CellDifference> {
  const most = Math.max(0, ...[...differences.values()].map((seeds) => seeds.length));
  const full = [...differences].filter(([, seeds]) => seeds.length >= FULL * most);
  const shared =
    full.length === 0
      ? []
      : study.seeds.filter((seed) => full.every(([, own]) => own.some((one) => one.seed === seed)));
  const looks = looksOf(study, isOver ? shared.length : undefined);
  const findings =
    shared.length < LEAST_SEEDS || looksHad(looks, shared.length).length === 0
      ? []
      : studyVerdicts({
          cells: full.map(([, own]) => shared.map((seed) => own.find((one) => one.seed === seed)!.value)),
          delta: smallestOf(study, metric) ?? Number.MIN_VALUE, // nothing lies within it
          lessIsBetter: findMetric(metric)?.better === "lower",
          looks,
        });
  const found = new Map<string, CellDifference>();
  for (const [cell, seeds] of differences) {
    const finding = findings[full.findIndex(([name]) => name === cell)];
    if (!finding) {
      found.set(cell, { ...seedMean(seeds), seeds, kind: "t", verdict: { kind: "tooFew" } });
      continue;
    }
    const { n, mean, low, high, p, alone, nTested, verdict } = finding;
    const used = shared.slice(0, n);
    const own = seeds.filter(({ seed }) => used.includes(seed));
    const interval = low === undefined || high === undefined ? {} : { low, high };
    const test = { p: alone, adjusted: p, nTested, among: full.length };
    found.set(cell, { n, mean, ...interval, seeds: own, kind: "signFlips", ...test, verdict });
  }
  return found;
}
