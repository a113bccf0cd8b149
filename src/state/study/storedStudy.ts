// A study and its results as the browser keeps them between visits. What comes back is hostile until parsed here.
import { SpecError } from "../../core/inputError.ts";
import { migrateStored, newestVersion, type Steps, type StoredObject } from "../../core/migrate.ts";
import {
  parseStoredDetail,
  parseStoredStart,
  storedDetail,
  storedStart,
} from "../../core/record/storedRun.ts";
import { misfitSentence, misfitsOf } from "../../core/record/misfits.ts";
import { appendPoints, NO_POINTS } from "../../core/record/pointColumns.ts";
import type { RecordFile } from "../../core/export/recordJson.ts";
import { withChanges } from "../../core/spec/spec.ts";
import { equalSpecs } from "../../core/spec/specChecks.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { fedChanges } from "../../core/study/cellSources.ts";
import { parseStudy, writtenStudy } from "../../core/study/parseStudy.ts";
import type { StudyRun } from "../../core/study/study.ts";
import { fittingQueue } from "../../core/study/studyQueue.ts";
import { studyKeys, type HeldStudy } from "./heldStudy.ts";
import type { Trained } from "./lane.ts";

/** `STEPS[n]` rewrites what format n stored. Study, spec and record inside go by their own age. */
const STEPS: Steps<StoredObject> = {};
const FORMAT = newestVersion(STEPS);

export const toStoredStudy = ({ createdAt, study, isPaused, queue }: HeldStudy): object => ({
  format: FORMAT,
  createdAt,
  study: writtenStudy(study),
  isPaused,
  queue,
});

/**
 * @param done keys of runs that have a record in storage
 * @throws SpecError with one sentence naming what cannot be read
 */
export function parseStoredStudy(id: string, value: unknown, done: ReadonlySet<string>): HeldStudy {
  const { createdAt, study: written, isPaused, queue } = asObject(value, "stored study");
  if (typeof createdAt !== "number" || !Number.isFinite(createdAt)) {
    throw new SpecError("stored study: createdAt must be a time in milliseconds");
  }
  const study = parseStudy(written, "stored study");
  const keys = studyKeys(study);
  const own = new Set(keys.filter((key) => done.has(key)));
  return {
    id,
    createdAt,
    study,
    isPaused: isPaused === true,
    queue: fittingQueue(queue, keys, own),
    done: own,
    going: {},
    seconds: [],
  };
}

export const toStoredResult = (key: string, { record, queryValues, start }: Trained): object => ({
  format: FORMAT,
  ...(start && { startKey: start.key }),
  detail: storedDetail(key, {
    points: appendPoints(NO_POINTS, record.points),
    record,
    ...(queryValues && { queryValues }),
  }),
});

export const toStoredStart = (values: QueryValues): object => storedStart(values);

/**
 * The record of a run, with the key of the values before its training.
 * @throws SpecError with one sentence where it cannot be read, is of another run, or does not fit itself
 */
export function parseStoredResult(
  run: StudyRun,
  value: unknown,
): Omit<RecordFile, "startValues"> & { readonly startKey?: string } {
  const { cell, seed, spec } = run;
  const where = `stored record of ${cell}, seed ${seed}`;
  const { startKey, detail } = asObject(value, where);
  const { record, queryValues } = parseStoredDetail(detail, where);
  if (!record) throw new SpecError(`${where}: there is none`);
  const asked = withChanges(spec, fedChanges(run, record.spec));
  if (!equalSpecs(record.spec, asked)) throw new SpecError(`${where}: is of another experiment`);
  const misfits = misfitsOf({ record, queryValues });
  if (misfits.length > 0) throw new SpecError(misfitSentence(where, misfits));
  return {
    record,
    ...(queryValues && { queryValues }),
    ...(typeof startKey === "string" && { startKey }),
  };
}

export const parseStoredStartValues = (value: unknown): QueryValues =>
  parseStoredStart(value, "stored values before training");

function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  const stored = migrateStored(value, "format", STEPS);
  if (typeof stored !== "object" || stored === null || (stored as StoredObject)["format"] !== FORMAT) {
    throw new SpecError(`${where}: is not of a format this lab knows`);
  }
  return stored as StoredObject;
}
