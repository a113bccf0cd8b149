// Where runs are kept between visits: IndexedDB. Checks nothing it reads; storedRun.ts does.
import { migrate, newestVersion, type Steps } from "../../core/migrate.ts";
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from "idb";
import {
  storedDetail,
  storedStart,
  storedTail,
  type RunDetail,
  type RunTail,
  type StoredRun,
} from "../../core/record/storedRun.ts";
import type { RunLabels } from "./run.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { answered, openAnswered } from "./storageAnswer.ts";

export const DB_NAME = "hybrid-batch-lab";

interface Schema extends DBSchema {
  runs: { key: string; value: unknown }; // what the list shows
  details: { key: string; value: unknown }; // points, matrices, record: read on demand
  starts: { key: string; value: unknown }; // values before training, by `startKey`: runs share them
  tails: { key: [runId: string, n: number]; value: unknown }; // what came after the details, in its order
  deleted: { key: string; value: number }; // ids for good: since when, in ms
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
  2(database) {
    database.createObjectStore("tails");
    database.createObjectStore("deleted");
    return database;
  },
};
const DB_VERSION = newestVersion(STEPS, 0);

/** A run as it was found. */
export interface FoundRun {
  readonly id: string;
  readonly value: unknown;
  readonly tail: readonly unknown[];
  readonly deletedAt?: number | undefined; // ms; it is there until the deletion is final
}

/** Values come back as they were found: unknown. Every method rejects with one sentence if the browser refuses. */
export interface RunStorage {
  list(): Promise<FoundRun[]>;
  /** @returns undefined where there is none of that id, or it was deleted */
  read(id: string): Promise<FoundRun | undefined>;
  detail(id: string): Promise<{ readonly value: unknown; readonly tail: readonly unknown[] }>;
  /** The values before training of that key; undefined where there are none. */
  start(key: string): Promise<unknown>;
  /**
   * Without `detail`, only what the list shows is written. Labels that are there stay: `relabel` alone changes them.
   * @returns false, having written nothing, for a run that was deleted
   */
  save(run: StoredRun, detail?: RunDetail): Promise<boolean>;
  /** Writes what a run just told behind its details. @param n in whose order it is read; ends with the next whole save */
  append(id: string, n: number, tail: RunTail): Promise<void>;
  /** All of them or none, in one go; a run that is not there is passed over. */
  relabel(labels: ReadonlyMap<string, RunLabels>): Promise<void>;
  /** From now on the runs are not there, for every tab and whoever saves them; `nowMs` undefined takes that back. */
  mark(ids: readonly string[], nowMs: number | undefined): Promise<void>;
  /** Removes all that was kept of them; the mark stays. */
  remove(ids: readonly string[]): Promise<void>;
}

export interface StorageEvents {
  /** The storage is gone, e.g. since another tab upgrades it and this one must let go of it. */
  readonly onLost: (message: string) => void;
  /** It opened after all, when it had been given up already. */
  readonly onLate: (storage: RunStorage) => void;
}

/** @throws Error with one sentence where IndexedDB is absent, refused (private windows, blocked storage) or silent */
export async function openRunStorage({ onLost, onLate }: StorageEvents): Promise<RunStorage> {
  if (typeof indexedDB === "undefined") throw new Error("this browser offers no storage (IndexedDB)");
  const db = await openAnswered<IDBPDatabase<Schema>>(
    (onBlocked) =>
      openDB<Schema>(DB_NAME, DB_VERSION, {
        upgrade: (database, oldVersion) => void migrate(database, oldVersion, STEPS),
        blocked: onBlocked,
        blocking(_current, _blocked, event) {
          (event.target as IDBDatabase).close();
          onLost("a newer version of the lab is open in another tab; reload this one to keep saving runs");
        },
        terminated: () => onLost("the browser closed the storage; reload the page to keep saving runs"),
      }),
    (late) => onLate(storageOf(late)),
  );
  return storageOf(db);
}

function storageOf(db: IDBPDatabase<Schema>): RunStorage {
  const tailOf = (id: string) => IDBKeyRange.bound([id, -Infinity], [id, Infinity]);
  return {
    list: () =>
      answered(async () => {
        const tx = db.transaction(["runs", "tails", "deleted"]);
        const [runs, tails, deleted] = [
          tx.objectStore("runs"),
          tx.objectStore("tails"),
          tx.objectStore("deleted"),
        ];
        const [ids, values, tailKeys, tailValues, marks, times] = await Promise.all([
          runs.getAllKeys(),
          runs.getAll(),
          tails.getAllKeys(),
          tails.getAll(),
          deleted.getAllKeys(),
          deleted.getAll(),
        ]);
        const deletedAt = new Map(marks.map((id, i) => [id, times[i]!]));
        const byRun = new Map<string, unknown[]>();
        tailKeys.forEach(([id], at) => {
          const tail = byRun.get(id) ?? [];
          tail.push(tailValues[at]);
          byRun.set(id, tail);
        });
        return ids.map((id, i) => ({
          id: String(id),
          value: values[i],
          tail: byRun.get(id) ?? [],
          deletedAt: deletedAt.get(id),
        }));
      }),
    read: (id) =>
      answered(async () => {
        const tx = db.transaction(["runs", "tails", "deleted"]);
        const [value, tail, mark] = await Promise.all([
          tx.objectStore("runs").get(id),
          tx.objectStore("tails").getAll(tailOf(id)),
          tx.objectStore("deleted").get(id),
        ]);
        return value === undefined || mark !== undefined ? undefined : { id, value, tail };
      }),
    detail: (id) =>
      answered(async () => {
        const tx = db.transaction(["details", "tails"]);
        const [value, tail] = await Promise.all([
          tx.objectStore("details").get(id),
          tx.objectStore("tails").getAll(tailOf(id)),
        ]);
        return { value, tail };
      }),
    start: (key) => answered(() => db.get("starts", key)),
    save: (run, detail) =>
      answered(async () => {
        const tx = db.transaction(["runs", "details", "starts", "tails", "deleted"], "readwrite");
        const [runs, starts] = [tx.objectStore("runs"), tx.objectStore("starts")];
        const keepStart = async (key: string, values: QueryValues) => {
          if ((await starts.count(key)) === 0) await starts.put(storedStart(values), key);
        };
        const { id, startKey } = run;
        const [mark, there] = await Promise.all([tx.objectStore("deleted").get(id), runs.get(id)]);
        if (mark === undefined) {
          await Promise.all([
            runs.put({ ...run, ...storedLabels(there) }, id),
            ...(detail ? [tx.objectStore("details").put(storedDetail(id, detail), id)] : []),
            ...(detail ? [tx.objectStore("tails").delete(tailOf(id))] : []),
            ...(startKey !== undefined && detail?.startValues
              ? [keepStart(startKey, detail.startValues)]
              : []),
          ]);
        }
        await tx.done;
        return mark === undefined;
      }),
    append: (id, n, tail) =>
      answered(() => writeAhead(db, "tails", (tails) => tails.put(storedTail(tail), [id, n]))),
    relabel: (labels) =>
      answered(async () => {
        const tx = db.transaction("runs", "readwrite");
        const write = async ([id, some]: readonly [string, RunLabels]) => {
          const there = await tx.store.get(id);
          if (there !== undefined) await tx.store.put({ ...(there as object), ...some }, id);
        };
        await Promise.all([...[...labels].map(write), tx.done]);
      }),
    mark: (ids, nowMs) =>
      answered(() =>
        writeAhead(db, "deleted", (deleted) =>
          Promise.all(ids.map((id) => (nowMs === undefined ? deleted.delete(id) : deleted.put(nowMs, id)))),
        ),
      ),
    remove: (ids) =>
      answered(async () => {
        const tx = db.transaction(["runs", "details", "starts", "tails"], "readwrite");
        const [runs, starts, tails] = [
          tx.objectStore("runs"),
          tx.objectStore("starts"),
          tx.objectStore("tails"),
        ];
        const sweep = async () => {
          const needed = new Set(
            (await runs.getAll()).map((run) => (run as { startKey?: unknown }).startKey),
          );
          const gone = (await starts.getAllKeys()).filter((key) => !needed.has(key));
          const there = new Set(await runs.getAllKeys());
          const loose = (await tails.getAllKeys()).filter(([id]) => !there.has(id)); // of a tab that heard too late
          await Promise.all([
            ...gone.map((key) => starts.delete(key)),
            ...loose.map((key) => tails.delete(key)),
          ]);
        };
        await Promise.all([
          ...ids.flatMap((id) => [
            runs.delete(id),
            tx.objectStore("details").delete(id),
            tails.delete(tailOf(id)),
          ]),
          sweep(),
          tx.done,
        ]);
      }),
  };
}

/** One write that is committed at once: it lands even if the page is gone before its answer comes. */
async function writeAhead<K extends "tails" | "deleted">(
  db: IDBPDatabase<Schema>,
  name: K,
  write: (store: IDBPObjectStore<Schema, [K], K, "readwrite">) => Promise<unknown>,
): Promise<void> {
  const tx = db.transaction(name, "readwrite");
  const written = write(tx.store);
  tx.commit();
  await Promise.all([written, tx.done]);
}

/** Of a stored run, whatever else is wrong with it. */
function storedLabels(stored: unknown): RunLabels {
  if (typeof stored !== "object" || stored === null) return {};
  const { name, named, starred, note, tags } = stored as Record<string, unknown>;
  return {
    ...(typeof name === "string" && { name }),
    ...(typeof starred === "boolean" && { starred }),
    ...(typeof named === "boolean" && { named }),
    ...(typeof note === "string" && { note }),
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === "string") }),
  };
}
