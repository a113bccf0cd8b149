// Which runs differ only in their seed, and what they say together.
import { canonicalJson } from "../data/canonicalJson.ts";
import { groupBy } from "../groupBy.ts";
import { makerName } from "../record/maker.ts";
import type { RunRecord } from "../record/runRecord.ts";
import type { StoredRun } from "../record/storedRun.ts";
import { stopOf } from "../record/stepsDone.ts";
import type { Parent } from "../spec/lineage.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { groupValue, type SeedMean } from "./groupValue.ts";
import { KEY_METRICS, updateSummary, type RunSummary } from "../record/runSummary.ts";

export interface SeededRun {
  readonly spec: ExperimentSpec;
  readonly summary: RunSummary;
  /** What besides the spec may change a result: the backend and adapter that ran it. */
  readonly device: string;
  /** What it comes from besides the spec, where that is known: data, encoder, the run that it branched off. */
  readonly origin?: string;
}

export interface SeedGroup<R extends SeededRun> {
  readonly runs: readonly R[]; // one per seed, by seed
  readonly intervals: Readonly<Record<string, SeedMean>>; // by metric path
}

/** Specs never change: each is spelled once, however often the list is drawn. */
const keys = new WeakMap<ExperimentSpec, string>();

/** Equal for two specs if and only if they differ at most in their seed, and in the device that was asked for. */
function seedlessKey(spec: ExperimentSpec): string {
  const key = keys.get(spec) ?? canonicalJson({ ...spec, seed: 0, compute: null });
  keys.set(spec, key);
  return key;
}

/** A run's own seed is its parents' too. */
function originOf(parent: Parent | undefined): readonly unknown[] {
  return parent ? [...originOf(parent.parent), seedlessKey(parent.spec), parent.step] : [];
}

/** A record as one of a group of seeds. */
export function seededRecord(record: RunRecord): SeededRun {
  const { spec, points, environment, parent } = record;
  const { dataSha256, encoderSha256, teacherSha256 = null } = environment;
  const origin = [dataSha256, encoderSha256, teacherSha256, stopOf(record) ?? null, originOf(parent)];
  return {
    spec,
    summary: updateSummary({}, points, parent?.step),
    device: makerName(environment),
    origin: canonicalJson(origin),
  };
}

/** As one of a group of seeds; undefined before its end. A stopped run is of another experiment than a whole one. */
export function seededRun({ spec, summary, status, step, device, parent }: EndedRun): SeededRun | undefined {
  if (!device || (status !== "finished" && status !== "stopped")) return undefined;
  const origin = [status === "stopped" ? step : null, ...originOf(parent)];
  return { spec, summary, device: makerName(device), origin: canonicalJson(origin) };
}

type EndedRun = Pick<StoredRun, "spec" | "summary" | "status" | "step" | "device" | "parent">;

/** Equal for runs between which only the seed can stand. */
export const experimentKey = ({ device, origin, spec }: SeededRun): string =>
  [device, origin, seedlessKey(spec)].join("\n");

/** Whether only seed and device can stand between two runs. */
export const isOneExperiment = (a: SeededRun, b: SeededRun): boolean =>
  a.origin === b.origin && seedlessKey(a.spec) === seedlessKey(b.spec);

/** The seeds of one run's experiment on its device, by seed: itself, and the first of each other seed in `runs`. */
export function membersOf<R extends SeededRun>(run: R, runs: readonly R[]): R[] {
  return oneOfEachSeed(
    [run, ...runs].filter((one) => one.device === run.device && isOneExperiment(one, run)),
  );
}

function oneOfEachSeed<R extends SeededRun>(runs: readonly R[]): R[] {
  const bySeed = new Map<number, R>();
  for (const run of runs) if (!bySeed.has(run.spec.seed)) bySeed.set(run.spec.seed, run);
  return [...bySeed.values()].sort((a, b) => a.spec.seed - b.spec.seed);
}

/**
 * Runs put together by experiment and device, in the order of `runs`. A seed run twice counts once (its first run in the
 * list), and only runs of one device stand together: a repeat or another machine is no new sample.
 *
 * @returns at least one run each, one per seed, by seed
 */
export function experimentsOf<R extends SeededRun>(runs: readonly R[]): R[][] {
  return [...groupBy(runs, experimentKey).values()].map(oneOfEachSeed);
}

/** The experiments of at least two seeds, with what these say together. */
export function groupBySeed<R extends SeededRun>(runs: readonly R[]): SeedGroup<R>[] {
  return experimentsOf(runs)
    .filter((members) => members.length >= 2)
    .map((members) => {
      const intervals: Record<string, SeedMean> = {};
      for (const metric of KEY_METRICS) {
        const interval = groupValue(members.map(({ summary }) => summary[metric]?.now));
        if (interval) intervals[metric] = interval;
      }
      return { runs: members, intervals };
    });
}
