// What two cells differ by, seed by seed: mean, interval and exact p. Knows no cell and no run.
import { signFlipP } from "../../stats/signFlip.ts";
import { studentQuantile } from "./distributions.ts";

/** A mean over seeds. `sd`, `low` and `high` are left out for one seed: it has no scatter. */
export interface SeedInterval {
  readonly n: number;
  readonly mean: number;
  readonly sd?: number; // n - 1 in the denominator
  readonly low?: number;
  readonly high?: number;
}

export interface PairedDifference extends SeedInterval {
  readonly p: number; // two-sided, by sign flips
}

/**
 * mean +- t(1 - alpha / 2, n - 1) sd / sqrt(n) (Student 1908): where the mean over new seeds lies, for this test set.
 *
 * @param values one per seed, at least one
 * @param level 1 - alpha
 */
export function seedInterval(values: readonly number[], level = 0.95): SeedInterval {
  const n = values.length;
  if (n === 0) throw new RangeError("seedInterval: at least one value is needed, got none");
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  if (n === 1) return { n, mean };
  const sd = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  const half = (studentQuantile(1 - (1 - level) / 2, n - 1) * sd) / Math.sqrt(n);
  return { n, mean, sd, low: mean - half, high: mean + half };
}

/** d_s = a_s - b_s, both in the order of the same seeds. */
export function differences(a: readonly number[], b: readonly number[]): number[] {
  if (a.length !== b.length) throw new RangeError(`differences: ${a.length} values against ${b.length}`);
  return a.map((value, s) => value - b[s]!);
}

/** One comparison paired by seed: t interval, and the p of all sign patterns, which is never below 2 / 2^n. */
export function pairedDifference(a: readonly number[], b: readonly number[], level = 0.95): PairedDifference {
  const d = differences(a, b);
  return { ...seedInterval(d, level), p: signFlipP(d) };
}
