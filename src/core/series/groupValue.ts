// One number of a group of seeds, also of one alone. Knows no run.
import { seedMean, type SeedMean } from "./interval.ts";

/** @returns undefined where there is no value at all, or where one of the seeds lacks it */
export function groupValue(values: readonly (number | undefined)[]): SeedMean | undefined {
  const there = values.filter((value) => value !== undefined);
  if (there.length < values.length) return undefined;
  return there.length === 1 ? { n: 1, mean: there[0]! } : seedMean(there);
}
