// What the page knows of one study: itself, its queue, which of its runs have ended. Holds data and pure derivations.
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import type { StudyQueue } from "../../core/study/studyQueue.ts";
import { NOT_RUN, type CellRun, type NoRun, type StudyResult } from "../../core/study/studyResult.ts";
import { studyRuns } from "../../core/study/studyRuns.ts";

/** A run under way. */
export interface GoingRun {
  readonly step: number;
  readonly sinceMs: number;
}

export interface HeldStudy {
  readonly id: string;
  readonly createdAt: number; // ms since 1970
  readonly study: Study;
  readonly isPaused: boolean; // by a person
  readonly queue: StudyQueue;
  readonly done: ReadonlySet<string>; // runs with a record in storage, by key
  /** Of runs with a record; undefined until they are asked for. */
  readonly results?: readonly CellRun[] | undefined;
  readonly going: Readonly<Record<string, GoingRun>>; // here, by key
  /** Seconds that the last runs of this visit took, one after the other. */
  readonly seconds: readonly number[];
  /** Another tab of this browser is at it. */
  readonly elsewhere?: boolean | undefined;
}

const made = new WeakMap<Study, ReadonlyMap<string, StudyRun>>();

/** The study's runs by their keys, in its order. Made once a study: each has a spec of its own to be made. */
export function runsByKey(study: Study): ReadonlyMap<string, StudyRun> {
  const runs = made.get(study) ?? new Map(studyRuns(study).map((run) => [runKey(run), run]));
  made.set(study, runs);
  return runs;
}

export const studyKeys = (study: Study): string[] => [...runsByKey(study).keys()];

/** The run of a key; undefined where the study has none of it. */
export const runOfKey = (study: Study, key: string): StudyRun | undefined => runsByKey(study).get(key);

export const isAtWork = (held: HeldStudy | undefined): boolean =>
  held !== undefined && Object.keys(held.going).length > 0;
export const isDone = ({ queue }: HeldStudy): boolean => queue.pending.length === 0;

/** What its analysis reads: every run has a result or a reason. */
export function resultOf({ study, queue, results = [] }: HeldStudy): StudyResult {
  const have = new Set(results.map(runKey));
  const dropped = new Set(queue.dropped);
  const whyNot = (key: string) =>
    queue.failed[key] ?? (dropped.has(key) ? "taken out of the queue" : NOT_RUN);
  const missing: NoRun[] = [...runsByKey(study)].flatMap(([key, { cell, seed }]) =>
    have.has(key) ? [] : [{ cell, seed, why: whyNot(key) }],
  );
  return { runs: results, missing };
}

/**
 * About how long the rest takes, from the runs of this visit; undefined before the first has ended.
 * @param beside trainers at work
 */
export function secondsLeft({ study, queue, going, seconds }: HeldStudy, beside: number): number | undefined {
  if (seconds.length === 0) return undefined;
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const begun = Object.values(going).reduce((sum, { step }) => sum + step / study.spec.steps, 0);
  return (mean * Math.max(0, queue.pending.length - begun)) / Math.max(1, beside);
}
