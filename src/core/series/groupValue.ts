// One number of a group of seeds, also of one alone. Knows no run.
import { LEAST_SCATTER, meanInterval } from "./interval.ts";

export interface SeedMean {
  readonly n: number;
  readonly mean: number;
  readonly half?: number; // of the 95 % interval over seeds; left out for fewer than LEAST_SCATTER
}

/** @returns undefined where there is no value at all, or where one of the seeds lacks it */
export function groupValue(values: readonly (number | undefined)[]): SeedMean | undefined {
  const there = values.filter((value) => value !== undefined);
  const [first] = there;
  if (first === undefined || there.length < values.length) return undefined;
  const interval = meanInterval(there) ?? { n: 1, mean: first };
  return interval.n >= LEAST_SCATTER ? interval : { n: interval.n, mean: interval.mean };
}
