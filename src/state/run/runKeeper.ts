// When runs are written and read: throttled while one is going, at once at its end. Works (and says so) without storage.
import { messageOf } from "../../core/messageOf.ts";
import { parseStoredDetail, parseStoredRun, parseStoredStart } from "../../core/record/storedRun.ts";
import { fromStoredRun, toStoredRun, type DetailState, type LoadedDetail, type Run } from "./run.ts";
import type { RunStorage } from "./runStorage.ts";

/** A running run is written at most this often; a page that dies loses no more. */
export const SAVE_EVERY_MS = 3000;

export interface UnreadableRun {
  readonly id: string;
  readonly reason: string; // one sentence
}

export interface RunKeeper {
  /** Rejects never: without storage `isOpen` is false, both lists are empty and `onTrouble` has been told. */
  open(): Promise<{ isOpen: boolean; runs: Run[]; unreadable: UnreadableRun[] }>;
  /** The run as storage has it now, perhaps from another tab. @returns undefined where it is not there */
  reread(runId: string): Promise<Run | undefined>;
  saveSoon(runId: string): void;
  /** @returns whether it is in storage now */
  saveNow(runId: string): Promise<boolean>;
  flush(): void;
  /** @throws Error with one sentence if the detail is missing or broken */
  detail(runId: string): Promise<LoadedDetail>;
  /** Whether the detail of this run, as it is, can be read again. */
  holds(run: Run): boolean;
  remove(runIds: readonly string[]): void;
}

interface KeeperDeps {
  readonly openStorage: (onLost: (message: string) => void) => Promise<RunStorage>;
  readonly findRun: (id: string) => Run | undefined;
  readonly onTrouble: (sentence: string) => void;
}

export function createRunKeeper({ openStorage, findRun, onTrouble }: KeeperDeps): RunKeeper {
  let storage: RunStorage | undefined;
  const waiting = new Set<string>();
  const kept = new WeakSet<DetailState>(); // as they are in storage
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lost = (message: string) => {
    storage = undefined;
    onTrouble(`Runs are not saved: ${message}.`);
  };
  const write = async (runId: string): Promise<boolean> => {
    waiting.delete(runId);
    const run = findRun(runId);
    if (!run || !storage) return false;
    // Points that were never read back must not be overwritten by none.
    const detail = run.detail.state === "loaded" ? run.detail : undefined;
    try {
      await storage.save(toStoredRun(run), detail);
      if (detail) kept.add(detail);
      return true;
    } catch (error) {
      onTrouble(`“${run.name}” could not be saved: ${messageOf(error)}. Export it to keep it.`);
      return false;
    }
  };

  /** A run does without those that are broken: they are told, and its own numbers stay readable. */
  const startOf = async (runId: string) => {
    const run = findRun(runId);
    if (run?.startKey === undefined) return undefined;
    try {
      const value = await storage?.start(run.startKey);
      return value === undefined ? undefined : parseStoredStart(value, "stored values before training");
    } catch (error) {
      onTrouble(`“${run.name}” is shown without its values before training: ${messageOf(error)}.`);
      return undefined;
    }
  };

  return {
    async open() {
      const runs: Run[] = [];
      const unreadable: UnreadableRun[] = [];
      try {
        storage = await openStorage(lost);
        for (const { id, value } of await storage.list()) {
          try {
            const run = fromStoredRun(parseStoredRun(value, "stored run"));
            if (run.id !== id) throw new Error(`stored run: id is not as stored (${run.id} under ${id})`);
            runs.push(run);
          } catch (error) {
            unreadable.push({ id, reason: messageOf(error) });
          }
        }
      } catch (error) {
        lost(messageOf(error));
      }
      return { isOpen: storage !== undefined, runs, unreadable };
    },
    async reread(runId) {
      const value = await storage?.read(runId);
      return value === undefined ? undefined : fromStoredRun(parseStoredRun(value, "stored run"));
    },
    saveSoon(runId) {
      waiting.add(runId);
      timer ??= setTimeout(() => this.flush(), SAVE_EVERY_MS);
    },
    saveNow: write,
    flush() {
      clearTimeout(timer);
      timer = undefined;
      for (const runId of [...waiting]) void write(runId);
    },
    async detail(runId) {
      const value = await storage?.detail(runId);
      if (value === undefined) throw new Error("the points of this run are not in this browser’s storage");
      const startValues = await startOf(runId);
      const detail: LoadedDetail = {
        state: "loaded",
        ...parseStoredDetail(value, "stored run"),
        ...(startValues && { startValues }),
      };
      kept.add(detail);
      return detail;
    },
    holds: ({ detail }) => storage !== undefined && kept.has(detail),
    remove(runIds) {
      for (const id of runIds) waiting.delete(id);
      storage?.remove(runIds).catch((error: unknown) => {
        onTrouble(`The run could not be deleted from this browser: ${messageOf(error)}.`);
      });
    },
  };
}
