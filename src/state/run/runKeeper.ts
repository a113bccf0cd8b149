// When runs are written and read: word by word and now and then whole while one is going, at once at its end. Works (and
// says so) without storage.
import { messageOf } from "../../core/messageOf.ts";
import {
  parseStoredDetail,
  parseStoredRun,
  parseStoredStart,
  type RunTail,
} from "../../core/record/storedRun.ts";
import {
  fromStoredRun,
  toStoredRun,
  type DetailState,
  type LoadedDetail,
  type Run,
  type RunLabels,
} from "./run.ts";
import type { FoundRun, RunStorage, StorageEvents } from "./runStorage.ts";
import { detailWithTail, readTail, runWithTail } from "./runTail.ts";

/** A running run is written whole at most this often; in between its points are written as they come. */
export const SAVE_EVERY_MS = 3000;

export interface UnreadableRun {
  readonly id: string;
  readonly reason: string; // one sentence
}

export interface FoundRuns {
  readonly isOpen: boolean;
  readonly runs: Run[];
  readonly unreadable: UnreadableRun[];
  /** Still there in full, but marked as deleted since `at`, in ms. */
  readonly deleted: readonly { readonly id: string; readonly at: number }[];
}

export interface RunKeeper {
  /**
   * Rejects never: without storage `isOpen` is false, all lists are empty and `onTrouble` has been told.
   * @param onLate told if storage opens after that: open it again then
   * @param elsewhere ids of runs that other tabs are training
   */
  open(onLate: () => void, elsewhere?: ReadonlySet<string>): Promise<FoundRuns>;
  /** The run as storage has it now, perhaps from another tab. @returns undefined where it is not there */
  reread(runId: string, isElsewhere?: boolean): Promise<Run | undefined>;
  saveSoon(runId: string): void;
  /** @returns whether it is in storage now */
  saveNow(runId: string): Promise<boolean>;
  /** Writes what a run just told; the whole follows soon. Resolves when that is in storage, or cannot be. */
  append(runId: string, tail: RunTail): Promise<void>;
  relabel(labels: ReadonlyMap<string, RunLabels>): void;
  flush(): void;
  /** @throws Error with one sentence if the detail is missing or broken */
  detail(runId: string): Promise<LoadedDetail>;
  /** Whether the detail of this run, as it is, can be read again. */
  holds(run: Run): boolean;
  /** At once, for all tabs: the runs are deleted, and can be brought back until `remove`. */
  mark(runIds: readonly string[]): void;
  unmark(runIds: readonly string[]): void;
  remove(runIds: readonly string[]): void;
}

interface KeeperDeps {
  readonly openStorage: (events: StorageEvents) => Promise<RunStorage>;
  readonly findRun: (id: string) => Run | undefined;
  readonly nowMs: () => number;
  readonly onTrouble: (sentence: string) => void;
  /** Told once something of these runs has been written or removed, for other tabs. */
  readonly onWritten: (runIds: readonly string[]) => void;
}

export function createRunKeeper({
  openStorage,
  findRun,
  nowMs,
  onTrouble,
  onWritten,
}: KeeperDeps): RunKeeper {
  let storage: RunStorage | undefined;
  const waiting = new Set<string>();
  const kept = new WeakSet<DetailState>(); // as they are in storage
  let timer: ReturnType<typeof setTimeout> | undefined;
  let appended = 0; // so far, by this page
  const deletedElsewhere = new Set<string>(); // runs that are refused: nothing is written behind them either

  const lost = (message: string) => {
    storage = undefined;
    onTrouble(`Runs are not saved: ${message}.`);
  };
  const unsaved = (name: string, error: unknown) =>
    onTrouble(`“${name}” could not be saved: ${messageOf(error)}. Export it to keep it.`);
  const write = async (runId: string): Promise<boolean> => {
    waiting.delete(runId);
    const run = findRun(runId);
    if (!run || !storage) return false;
    // Points that were never read back must not be overwritten by none.
    const detail = run.detail.state === "loaded" ? run.detail : undefined;
    try {
      const isSaved = await storage.save(toStoredRun(run), detail);
      if (isSaved && detail) kept.add(detail);
      if (!isSaved) deletedElsewhere.add(runId);
      onWritten([runId]);
      return isSaved;
    } catch (error) {
      unsaved(run.name, error);
      return false;
    }
  };
  /** For what nobody waits for: told when it is done, and when it could not be. */
  const told = (runIds: readonly string[], what: string, work: Promise<unknown> | undefined) =>
    void work?.then(
      () => onWritten(runIds),
      (error: unknown) => onTrouble(`The run could not be ${what} this browser: ${messageOf(error)}.`),
    );
  const parsed = ({ id, value, tail }: FoundRun, isElsewhere: boolean): Run => {
    const run = fromStoredRun(parseStoredRun(value, "stored run"), isElsewhere);
    if (run.id !== id) throw new Error(`stored run: id is not as stored (${run.id} under ${id})`);
    return runWithTail(run, readTail(tail));
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
    async open(onLate, elsewhere = new Set()) {
      const found: FoundRuns & { deleted: { id: string; at: number }[] } = {
        isOpen: false,
        runs: [],
        unreadable: [],
        deleted: [],
      };
      try {
        const late = (opened: RunStorage) => {
          storage = opened;
          onLate();
        };
        storage ??= await openStorage({ onLost: lost, onLate: late });
        for (const one of await storage.list()) {
          const { id, deletedAt } = one;
          try {
            if (deletedAt === undefined) found.runs.push(parsed(one, elsewhere.has(id)));
            else found.deleted.push({ id, at: deletedAt });
          } catch (error) {
            found.unreadable.push({ id, reason: messageOf(error) });
          }
        }
      } catch (error) {
        lost(messageOf(error));
      }
      return { ...found, isOpen: storage !== undefined };
    },
    async reread(runId, isElsewhere = false) {
      const found = await storage?.read(runId);
      if (found) deletedElsewhere.delete(runId);
      return found && parsed(found, isElsewhere);
    },
    saveSoon(runId) {
      waiting.add(runId);
      timer ??= setTimeout(() => this.flush(), SAVE_EVERY_MS);
    },
    saveNow: write,
    async append(runId, tail) {
      if (deletedElsewhere.has(runId)) return;
      this.saveSoon(runId);
      await storage?.append(runId, ++appended, tail).catch(() => undefined); // the whole follows, and says why it cannot be saved
    },
    relabel: (labels) => told([...labels.keys()], "renamed in", storage?.relabel(labels)),
    flush() {
      clearTimeout(timer);
      timer = undefined;
      for (const runId of [...waiting]) void write(runId);
    },
    async detail(runId) {
      const { value, tail } = (await storage?.detail(runId)) ?? { value: undefined, tail: [] };
      if (value === undefined) throw new Error("the points of this run are not in this browser’s storage");
      const first = findRun(runId)?.parent?.step;
      const whole = detailWithTail(parseStoredDetail(value, "stored run"), readTail(tail), first);
      const startValues = await startOf(runId);
      const detail: LoadedDetail = {
        state: "loaded",
        ...whole,
        ...(startValues && { startValues }),
      };
      kept.add(detail);
      return detail;
    },
    holds: ({ detail }) => storage !== undefined && kept.has(detail),
    mark(runIds) {
      for (const id of runIds) waiting.delete(id);
      told(runIds, "deleted from", storage?.mark(runIds, nowMs()));
    },
    unmark: (runIds) => told(runIds, "brought back to", storage?.mark(runIds, undefined)),
    remove(runIds) {
      if (runIds.length === 0) return;
      for (const id of runIds) waiting.delete(id);
      told(runIds, "deleted from", storage?.remove(runIds));
    },
  };
}
