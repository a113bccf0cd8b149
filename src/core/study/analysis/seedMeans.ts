// Values of a cell by seed: their mean with its interval, and differences of two cells, paired. Judges nothing.
import { LEAST_SCATTER, meanInterval } from "../../series/interval.ts";
import type { CellRun } from "../studyResult.ts";
import type { SeedMean, SeedValue } from "./studyAnalysis.ts";

/** What is measured of a run; undefined where it lacks it. */
export type ValueOf = (run: CellRun) => number | null | undefined;

/** Those that have the value, by seed. */
export function seedValues(runs: readonly CellRun[], cell: string, valueOf: ValueOf): SeedValue[] {
  return runs
    .flatMap((run) => {
      const value = run.cell === cell ? valueOf(run) : undefined;
      return value === undefined || value === null ? [] : [{ seed: run.seed, value }];
    })
    .sort((a, b) => a.seed - b.seed);
}

/** @param values at least one; below three it has no interval: two say nothing of how they scatter */
export function seedMean(values: readonly SeedValue[]): SeedMean {
  const over = meanInterval(values.map(({ value }) => value));
  if (!over) return { n: 1, mean: values[0]!.value };
  const { n, mean, half } = over;
  return n < LEAST_SCATTER ? { n, mean } : { n, mean, low: mean - half, high: mean + half };
}

/** First minus second, of the seeds that both have. */
export const paired = (first: readonly SeedValue[], second: readonly SeedValue[]): SeedValue[] =>
  first.flatMap(({ seed, value }) => {
    const other = second.find((one) => one.seed === seed);
    return other ? [{ seed, value: value - other.value }] : [];
  });
