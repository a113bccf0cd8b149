// What a group of runs in a table says together. Never pools tests, and has no interval below three seeds.
import { testKey } from "../naming/testOf.ts";
import { groupValue } from "../series/groupValue.ts";
import { experimentKey, membersOf, seededRun } from "../series/seedGroups.ts";
import type { CellValue, ListedRun, RunColumn } from "./runColumns.ts";

export interface GroupMean {
  readonly mean: number;
  readonly runs: number; // in the mean
  readonly seeds: number; // different ones among them
  /** Half of the 95 % interval over seeds: only where nothing but the seed stands between the runs, and there are enough. */
  readonly half?: number;
}

/**
 * The mean of a number over the runs that came to their end and whose records fit themselves; where these are seeds of one
 * experiment on one device, each seed counts once.
 *
 * @returns undefined where there is none, one of them lacks the number, or they are of several tests
 */
export function groupMean(runs: readonly ListedRun[], { value }: RunColumn): GroupMean | undefined {
  const ended = runs.flatMap((run) => {
    const seeded = run.status === "finished" && run.misfits === undefined ? seededRun(run) : undefined;
    return seeded ? [{ ...seeded, run }] : [];
  });
  const [first] = ended;
  if (!first || new Set(ended.map(({ spec }) => testKey(spec))).size > 1) return undefined;
  const isOne = new Set(ended.map(experimentKey)).size === 1;
  const counted = isOne ? membersOf(first, ended) : ended;
  const values = counted.map(({ run }) => value(run));
  const found = groupValue(values.map((one) => (typeof one === "number" ? one : undefined)));
  if (!found) return undefined;
  const { n, mean, half } = found;
  return {
    mean,
    runs: n,
    seeds: new Set(counted.map(({ spec }) => spec.seed)).size,
    ...(isOne && half !== undefined && { half }),
  };
}

/** What all runs of a group have in a column that is no metric; undefined where they differ. */
export function sharedValue(runs: readonly ListedRun[], { value }: RunColumn): CellValue {
  const [first, ...others] = runs.map(value);
  return others.every((one) => one === first) ? first : undefined;
}
