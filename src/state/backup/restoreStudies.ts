// Studies of a backup into the browser's storage: each run once, nothing that is there replaced.
import type { Outcome } from "../../core/backup/restoreReport.ts";
import { SpecError } from "../../core/inputError.ts";
import { messageOf } from "../../core/messageOf.ts";
import { misfitSentence, misfitsOf } from "../../core/record/misfits.ts";
import { parseStoredStart } from "../../core/record/storedRun.ts";
import { studyIdentity } from "../../core/study/studyIdentity.ts";
import { STUDY_PREFIX } from "../run/studyRunId.ts";
import { runOfKey, type HeldStudy } from "../study/heldStudy.ts";
import type { Trained } from "../study/lane.ts";
import {
  parseStoredResult,
  parseStoredStudy,
  toStoredResult,
  toStoredStart,
  toStoredStudy,
} from "../study/storedStudy.ts";
import type { StudyStorage } from "../study/studyStorage.ts";

export type StudyPlaces = Pick<StudyStorage, "read" | "save" | "result" | "saveResult">;

/** A record of a backed-up study, read when its turn has come. */
export interface BackedResult {
  readonly where: string;
  /** @throws Error in one sentence where it cannot be read */
  read(): Promise<{ readonly key: string; readonly value: unknown; readonly start?: BackedStart }>;
}

interface BackedStart {
  readonly key: string; // under which it is kept here
  readonly value: unknown;
}

export interface RestoredStudy {
  readonly outcome: Outcome;
  readonly id: string;
  readonly title: string;
  readonly runs: Readonly<Record<Outcome, number>>;
  readonly isPaused: boolean; // it would train
}

/**
 * @param say told a sentence for each record that is refused: the others are restored
 * @throws SpecError in one sentence where the study itself cannot be read
 */
export async function restoreStudy(
  { id, value }: { readonly id: unknown; readonly value: unknown },
  results: readonly BackedResult[],
  storage: StudyPlaces,
  where: string,
  say: (sentence: string) => void,
): Promise<RestoredStudy> {
  if (typeof id !== "string" || !id.startsWith(STUDY_PREFIX) || id.length > 200) {
    throw new SpecError(`${where}: has no name that a study of the lab has`);
  }
  const backed = parseStoredStudy(id, value, new Set());
  const identity = studyIdentity(backed.study);
  for (const own of [id, `${id}-${identity.slice(0, 8)}`, `${id}-${identity.slice(8, 16)}`]) {
    const here = await readHere(own, storage);
    if (here === "other" || (here && studyIdentity(here.study) !== identity)) continue;
    const base = here ?? backed;
    const study = [base.study, backed.study].find(({ seeds }) =>
      [...base.study.seeds, ...backed.study.seeds].every((seed) => seeds.includes(seed)),
    );
    if (!study || (here && (await differs(here, results, storage)))) continue;
    const runs = { added: 0, there: 0, copied: 0 };
    const has = new Set(here?.done);
    for (const one of results) {
      try {
        const { key, trained } = await parseResult({ ...backed, study }, one);
        if (has.has(key)) {
          runs.there++;
          continue;
        }
        const start = trained.start && { key: trained.start.key, value: toStoredStart(trained.start.values) };
        await storage.saveResult(own, key, toStoredResult(key, trained), start);
        has.add(key);
        runs.added++;
      } catch (error) {
        say(messageOf(error));
      }
    }
    const isNew = !here;
    const kept = parseStoredStudy(own, toStoredStudy({ ...base, id: own, study }), has);
    const isPaused = kept.queue.pending.length > 0 && (isNew || base.isPaused || study !== base.study);
    if (isNew || study !== base.study) await storage.save(own, toStoredStudy({ ...kept, isPaused }));
    const outcome = isNew ? (own === id ? "added" : "copied") : "there";
    return { outcome, id: own, title: study.title, runs, isPaused: isPaused && isNew };
  }
  throw new SpecError(`${where}: two other studies have its names here; delete one first`);
}

async function readHere(id: string, storage: StudyPlaces): Promise<HeldStudy | "other" | undefined> {
  const found = await storage.read(id);
  if (!found) return undefined;
  try {
    return parseStoredStudy(id, found.value, found.done);
  } catch {
    return "other"; // it cannot be read, and stays as it is
  }
}

/** Whether some run has one record here and another in the backup. */
async function differs(
  here: HeldStudy,
  results: readonly BackedResult[],
  storage: StudyPlaces,
): Promise<boolean> {
  for (const one of results) {
    const theirs = await parseResult(here, one).catch(() => undefined); // told when its turn has come
    const run = theirs && here.done.has(theirs.key) ? runOfKey(here.study, theirs.key) : undefined;
    if (!run) continue;
    try {
      const { record } = parseStoredResult(run, await storage.result(here.id, theirs!.key));
      if (record.digest !== theirs!.trained.record.digest) return true;
    } catch {
      return true; // the one here does not fit itself
    }
  }
  return false;
}

async function parseResult(
  { study }: HeldStudy,
  { where, read }: BackedResult,
): Promise<{ readonly key: string; readonly trained: Trained }> {
  const { key, value, start } = await read();
  const run = runOfKey(study, key);
  if (!run) throw new SpecError(`${where}: is of no cell and seed of “${study.title}”`);
  const { record, queryValues } = parseStoredResult(run, value);
  const values = start && parseStoredStart(start.value, where);
  const misfits = misfitsOf({ record, queryValues, startValues: values });
  if (misfits.length > 0) throw new SpecError(misfitSentence(where, misfits));
  return {
    key,
    trained: {
      record,
      ...(queryValues && { queryValues }),
      ...(start && values && { start: { key: start.key, values } }),
    },
  };
}
