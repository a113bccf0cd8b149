// Where studies are kept between visits: a database of their own. Checks nothing it reads; storedStudy.ts does.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { migrate, newestVersion, type Steps } from "../../core/migrate.ts";
import { answered, openAnswered } from "../run/storageAnswer.ts";

export const STUDIES_DB = "hybrid-batch-lab-studies";

interface Schema extends DBSchema {
  studies: { key: string; value: unknown }; // the study and its queue
  results: { key: [studyId: string, runKey: string]; value: unknown }; // a record a run, with the values of its questions
  starts: { key: string; value: unknown }; // values before training: runs share them
}

/** `STEPS[n]` changes the stores of version n's database; 0 is one that is not there yet. */
const STEPS: Steps<IDBPDatabase<Schema>> = {
  0(database) {
    for (const name of ["studies", "results", "starts"] as const) database.createObjectStore(name);
    return database;
  },
};

export interface FoundStudy {
  readonly id: string;
  readonly value: unknown;
  readonly done: ReadonlySet<string>; // keys of the runs that have a result
}

/** Values come back as they were found: unknown. Every method rejects with one sentence if the browser refuses. */
export interface StudyStorage {
  list(): Promise<readonly FoundStudy[]>;
  /** @returns undefined where there is none */
  read(id: string): Promise<FoundStudy | undefined>;
  save(id: string, value: unknown): Promise<void>;
  result(id: string, key: string): Promise<unknown>;
  start(key: string): Promise<unknown>;
  saveResult(id: string, key: string, value: unknown, start?: { key: string; value: unknown }): Promise<void>;
  remove(id: string): Promise<void>;
}

/** @throws Error with one sentence where IndexedDB is absent, refused or silent */
export async function openStudyStorage(): Promise<StudyStorage> {
  if (typeof indexedDB === "undefined") throw new Error("this browser offers no storage (IndexedDB)");
  const db = await openAnswered<IDBPDatabase<Schema>>(
    (onBlocked) =>
      openDB<Schema>(STUDIES_DB, newestVersion(STEPS, 0), {
        upgrade: (database, oldVersion) => void migrate(database, oldVersion, STEPS),
        blocked: onBlocked,
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      }),
    (late) => late.close(), // it is asked for again with the next visit
  );
  const ofStudy = (id: string) => IDBKeyRange.bound([id, ""], [id, "\uffff"]);
  return {
    list: () =>
      answered(async () => {
        const tx = db.transaction(["studies", "results"]);
        const studies = tx.objectStore("studies");
        const [ids, values, keys] = await Promise.all([
          studies.getAllKeys(),
          studies.getAll(),
          tx.objectStore("results").getAllKeys(),
        ]);
        const doneOf = (id: string) => new Set(keys.flatMap(([own, key]) => (own === id ? [key] : [])));
        return ids.map((id, i) => ({ id, value: values[i], done: doneOf(id) }));
      }),
    read: (id) =>
      answered(async () => {
        const tx = db.transaction(["studies", "results"]);
        const [value, keys] = await Promise.all([
          tx.objectStore("studies").get(id),
          tx.objectStore("results").getAllKeys(ofStudy(id)),
        ]);
        return value === undefined ? undefined : { id, value, done: new Set(keys.map(([, key]) => key)) };
      }),
    save: (id, value) => answered(async () => void (await db.put("studies", value, id))),
    result: (id, key) => answered(() => db.get("results", [id, key])),
    start: (key) => answered(() => db.get("starts", key)),
    saveResult: (id, key, value, start) =>
      answered(async () => {
        const tx = db.transaction(["results", "starts"], "readwrite");
        await Promise.all([
          tx.objectStore("results").put(value, [id, key]),
          ...(start ? [tx.objectStore("starts").put(start.value, start.key)] : []),
          tx.done,
        ]);
      }),
    remove: (id) =>
      answered(async () => {
        const tx = db.transaction(["studies", "results"], "readwrite");
        await Promise.all([
          tx.objectStore("studies").delete(id),
          tx.objectStore("results").delete(ofStudy(id)),
          tx.done,
        ]);
      }),
  };
}
