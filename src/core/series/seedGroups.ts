// Which runs differ only in their seed, and what they say together.
import { canonicalJson } from "../data/canonicalJson.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { meanInterval, type MeanInterval } from "./interval.ts";
import { KEY_METRICS, type RunSummary } from "../record/runSummary.ts";

export interface SeededRun {
  readonly spec: ExperimentSpec;
  readonly summary: RunSummary;
  /** What besides the spec may change a result: the backend and adapter that ran it. */
  readonly device: string;
}

export interface SeedGroup<R extends SeededRun> {
  readonly runs: readonly R[]; // one per seed, by seed
  readonly intervals: Readonly<Record<string, MeanInterval>>; // by metric path
}

/** Specs never change: each is spelled once, however often the list is drawn. */
const keys = new WeakMap<ExperimentSpec, string>();

/** Equal for two specs if and only if they differ at most in their seed. */
function seedlessKey(spec: ExperimentSpec): string {
  const key = keys.get(spec) ?? canonicalJson({ ...spec, seed: 0 });
  keys.set(spec, key);
  return key;
}

/**
 * Groups of at least two seeds of one spec, in the order of `runs`. A seed run twice counts once (its first run in
 * the list), and only runs of one device stand together: a repeat or another machine is no new sample.
 */
export function groupBySeed<R extends SeededRun>(runs: readonly R[]): SeedGroup<R>[] {
  const groups = new Map<string, Map<number, R>>();
  for (const run of runs) {
    const key = `${run.device}\n${seedlessKey(run.spec)}`;
    const bySeed = groups.get(key) ?? new Map<number, R>();
    groups.set(key, bySeed);
    if (!bySeed.has(run.spec.seed)) bySeed.set(run.spec.seed, run);
  }
  return [...groups.values()]
    .filter((bySeed) => bySeed.size >= 2)
    .map((bySeed) => {
      const members = [...bySeed.values()].sort((a, b) => a.spec.seed - b.spec.seed);
      const intervals: Record<string, MeanInterval> = {};
      for (const metric of KEY_METRICS) {
        const values = members.flatMap(({ summary }) => summary[metric]?.now ?? []);
        const interval = values.length === members.length ? meanInterval(values) : undefined;
        if (interval) intervals[metric] = interval;
      }
      return { runs: members, intervals };
    });
}
