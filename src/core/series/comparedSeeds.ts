// What a comparison of two runs can say of other seeds: nothing, how much a seed moves one experiment, or what groups of seeds
// say. Knows no question: intervals over those are another axis (core/stats).
import { findMetric } from "../metrics/metricTable.ts";
import { signFlipP } from "../stats/signFlip.ts";
import { LEAST_SCATTER, meanInterval, studentT95 } from "./interval.ts";
import { isKey } from "../record/runSummary.ts";
import { isOneExperiment, membersOf, type SeededRun } from "./seedGroups.ts";

/** Fewer seeds than this cannot reach p < .05 by any exact test: 2 / 2^5 = .0625. */
export const LEAST_SEEDS = 6;
/** More than this is no advice. */
const MOST_MORE = 200;

export type SeedVerdict =
  | { readonly kind: "tooFew" }
  | { readonly kind: "better" | "worse" } // the first of the two
  | { readonly kind: "undecided"; readonly more?: number }; // seeds that would decide; left out: more than MOST_MORE

/** First experiment minus second, over seeds: 95 % interval by Student's t. */
export interface SeedDifference {
  readonly seeds: number; // pairs, or of the smaller group
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly p?: number; // exact sign flip; only of pairs
  readonly verdict: SeedVerdict;
  /** More seeds of each after which a difference like this one would be told, if they scatter as these do; at most MOST_MORE. */
  readonly settledBy?: number;
}

export type SeedRelation =
  /** One experiment: only this stands between the two runs. */
  | { readonly kind: "same"; readonly seed: boolean; readonly device: boolean }
  /** Two experiments, of one of which there is one seed. */
  | { readonly kind: "single" }
  /** Two experiments of several seeds; `pairs` where they have at least two in common. */
  | {
      readonly kind: "groups";
      readonly pairs: boolean;
      readonly seeds: readonly [number, number]; // in each
      readonly differences: Readonly<Record<string, SeedDifference>>; // by metric path, where all have it
    };

/** @param runs among which the seeds of both are looked for: finished ones */
export function seedRelation(first: SeededRun, second: SeededRun, runs: readonly SeededRun[]): SeedRelation {
  if (isOneExperiment(first, second)) {
    const seed = first.spec.seed !== second.spec.seed;
    return { kind: "same", seed, device: first.device !== second.device };
  }
  const [a, b] = [membersOf(first, runs), membersOf(second, runs)];
  if (a.length < 2 || b.length < 2) return { kind: "single" };
  const differences: Record<string, SeedDifference> = {};
  for (const metric of Object.keys(first.summary)) {
    if (!isKey(metric) || findMetric(metric)?.better === "neither") continue;
    const found = seedDifference(metric, a, b, ({ summary }) => summary[metric]?.now);
    if (found) differences[metric] = found;
  }
  const pairs = seedPairs(a, b).length;
  const paired = pairs >= 2;
  const seeds = paired ? ([pairs, pairs] as const) : ([a.length, b.length] as const);
  return { kind: "groups", pairs: paired, seeds, differences };
}

function seedPairs<R extends Pick<SeededRun, "spec">>(a: readonly R[], b: readonly R[]) {
  return a.flatMap((one) => {
    const other = b.find(({ spec }) => spec.seed === one.spec.seed);
    return other ? [[one, other] as const] : [];
  });
}

/**
 * The difference of two groups in any number that their runs have, such as a metric of one language: paired by seed where they
 * have at least two in common, else by Welch.
 *
 * @param metric path, which says whether less is better
 * @param valueOf undefined where a run lacks it
 * @returns undefined for fewer than two seeds in either group, and where a run that counts lacks its value
 */
export function seedDifference<R extends Pick<SeededRun, "spec">>(
  metric: string,
  a: readonly R[],
  b: readonly R[],
  valueOf: (run: R) => number | undefined,
): SeedDifference | undefined {
  if (a.length < 2 || b.length < 2) return undefined;
  const pairs = seedPairs(a, b);
  const paired = pairs.length >= 2;
  const counted = paired ? [pairs.map(([one]) => one), pairs.map(([, other]) => other)] : [a, b];
  const [first, second] = counted.map((runs) => runs.flatMap((run) => valueOf(run) ?? [])) as [
    number[],
    number[],
  ];
  if (first.length < counted[0]!.length || second.length < counted[1]!.length) return undefined;
  return paired
    ? pairedDifference(
        metric,
        first.map((value, i) => value - second[i]!),
      )
    : unpairedDifference(metric, first, second);
}

function pairedDifference(metric: string, differences: readonly number[]): SeedDifference {
  const { n, mean, half } = meanInterval(differences)!;
  const halfOf = (seeds: number) =>
    (half * Math.sqrt(n) * studentT95(seeds - 1)) / studentT95(n - 1) / Math.sqrt(seeds);
  return { ...judged(metric, n, mean, halfOf), p: signFlipP(differences) };
}

/** Welch's interval: two groups that need not scatter alike; degrees of freedom by Satterthwaite, rounded down. */
function unpairedDifference(metric: string, a: readonly number[], b: readonly number[]): SeedDifference {
  const groups = [a, b].map((values) => {
    const { n, mean, half } = meanInterval(values)!;
    return { n, mean, variance: n * (half / studentT95(n - 1)) ** 2 }; // of one run
  });
  const [first, second] = groups;
  const n = Math.min(a.length, b.length);
  const halfOf = (seeds: number) => {
    const parts = groups.map((group) => ({
      size: group.n + seeds - n,
      of: group.variance / (group.n + seeds - n),
    }));
    const total = parts.reduce((sum, { of }) => sum + of, 0);
    const spread = parts.reduce((sum, { size, of }) => sum + of ** 2 / (size - 1), 0);
    const df = spread === 0 ? seeds - 1 : Math.max(1, Math.floor(total ** 2 / spread));
    return studentT95(df) * Math.sqrt(total);
  };
  return judged(metric, n, first!.mean - second!.mean, halfOf);
}

/** @param halfOf half the width of the interval if there were so many seeds that scatter as these do */
function judged(
  metric: string,
  seeds: number,
  estimate: number,
  halfOf: (seeds: number) => number,
): SeedDifference {
  const half = halfOf(seeds);
  const isBetter = estimate > 0 === (findMetric(metric)?.better !== "lower");
  const isTested = seeds >= LEAST_SEEDS;
  const isTold = isTested && half < Math.abs(estimate);
  const more = isTold || seeds < LEAST_SCATTER ? undefined : moreSeeds(seeds, estimate, halfOf);
  const undecided = more === undefined ? {} : { more };
  const verdict: SeedVerdict = !isTested
    ? { kind: "tooFew" }
    : isTold
      ? { kind: isBetter ? "better" : "worse" }
      : { kind: "undecided", ...undecided };
  return {
    seeds,
    estimate,
    low: estimate - half,
    high: estimate + half,
    verdict,
    ...(more !== undefined && { settledBy: more }),
  };
}

function moreSeeds(seeds: number, estimate: number, halfOf: (seeds: number) => number): number | undefined {
  for (let more = Math.max(1, LEAST_SEEDS - seeds); more <= MOST_MORE; more++) {
    if (halfOf(seeds + more) < Math.abs(estimate)) return more;
  }
  return undefined;
}
