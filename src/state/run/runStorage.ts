// Where runs are kept between visits: IndexedDB. Checks nothing it reads; storedRun.ts does.
import { migrate, newestVersion, type Steps } from "../../core/migrate.ts";
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { storedDetail, storedStart, type RunDetail, type StoredRun } from "../../core/record/storedRun.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";

export const DB_NAME = "hybrid-batch-lab";

interface Schema extends DBSchema {
  runs: { key: string; value: unknown }; // what the list shows
  details: { key: string; value: unknown }; // points, matrices, record: read on demand
  starts: { key: string; value: unknown }; // values before training, by `startKey`: runs share them
}

/** `STEPS[n]` changes the stores of version n's database; 0 is one that is not there yet. */
const STEPS: Steps<IDBPDatabase<Schema>> = {
  0(database) {
    database.createObjectStore("runs");
    database.createObjectStore("details");
    return database;
  },
  1(database) {
    database.createObjectStore("starts");
    return database;
  },
};
const DB_VERSION = newestVersion(STEPS, 0);

/** Values come back as they were found: unknown. Every method rejects with one sentence if the browser refuses. */
export interface RunStorage {
  list(): Promise<{ id: string; value: unknown }[]>;
  /** @returns undefined where there is none of that id */
  read(id: string): Promise<unknown>;
  detail(id: string): Promise<unknown>;
  /** The values before training of that key; undefined where there are none. */
  start(key: string): Promise<unknown>;
  /** Without `detail`, only what the list shows is written. */
  save(run: StoredRun, detail?: RunDetail): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

/**
 * @param onLost called when another tab upgrades the database and this one must let go of it
 * @throws Error with one sentence where IndexedDB is absent or refused (private windows, blocked storage)
 */
export async function openRunStorage(onLost: (message: string) => void): Promise<RunStorage> {
  if (typeof indexedDB === "undefined") throw new Error("this browser offers no storage (IndexedDB)");
  const db: IDBPDatabase<Schema> = await openDB<Schema>(DB_NAME, DB_VERSION, {
    upgrade: (database, oldVersion) => void migrate(database, oldVersion, STEPS),
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onLost("a newer version of the lab is open in another tab; reload this one to keep saving runs");
    },
    terminated: () => onLost("the browser closed the storage; reload the page to keep saving runs"),
  });
  return {
    async list() {
      const [keys, values] = await Promise.all([db.getAllKeys("runs"), db.getAll("runs")]);
      return keys.map((id, i) => ({ id: String(id), value: values[i] }));
    },
    read: (id) => db.get("runs", id),
    detail: (id) => db.get("details", id),
    start: (key) => db.get("starts", key),
    async save(run, detail) {
      const tx = db.transaction(["runs", "details", "starts"], "readwrite");
      const { startKey } = run;
      const starts = tx.objectStore("starts");
      const keepStart = async (key: string, values: QueryValues) => {
        if ((await starts.count(key)) === 0) await starts.put(storedStart(values), key);
      };
      await Promise.all([
        tx.objectStore("runs").put(run, run.id),
        ...(detail ? [tx.objectStore("details").put(storedDetail(run.id, detail), run.id)] : []),
        ...(startKey !== undefined && detail?.startValues ? [keepStart(startKey, detail.startValues)] : []),
        tx.done,
      ]);
    },
    async remove(ids) {
      const tx = db.transaction(["runs", "details", "starts"], "readwrite");
      const [runs, starts] = [tx.objectStore("runs"), tx.objectStore("starts")];
      const sweep = async () => {
        const needed = new Set((await runs.getAll()).map((run) => (run as { startKey?: unknown }).startKey));
        const gone = (await starts.getAllKeys()).filter((key) => !needed.has(key));
        await Promise.all(gone.map((key) => starts.delete(key)));
      };
      await Promise.all([
        ...ids.flatMap((id) => [runs.delete(id), tx.objectStore("details").delete(id)]),
        sweep(),
        tx.done,
      ]);
    },
  };
}
