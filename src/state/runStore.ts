// All runs of this browser: starts and steers the one being trained, files what the worker tells, keeps the rest.
// The meaning of events is in run/reduceRun.ts, saving in run/runKeeper.ts; nothing is drawn here.
import { messageOf } from "../core/messageOf.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import { createRunKeeper, type UnreadableRun } from "./run/runKeeper.ts";
import { isGoing, newRun, withDetail, type Run } from "./run/run.ts";
import { holdRunLock, runsGoingElsewhere } from "./run/runLock.ts";
import { openRunStorage, type RunStorage } from "./run/runStorage.ts";
import { readRunFile } from "./run/runFile.ts";
import { reduceRun } from "./run/reduceRun.ts";
import { contradictionOf, draftStore, type DraftState } from "./draftStore.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";
import { findPreset } from "../core/spec/presets.ts";

export interface RunsState {
  readonly runs: readonly Run[]; // newest first
  /** The run in the worker: being trained, or the last one, whose weights still answer searches. */
  readonly activeRunId?: string | undefined;
  /** The run whose numbers are shown. */
  readonly selectedId?: string | undefined;
  /** Runs drawn beside it. */
  readonly overlaidIds: readonly string[];
  readonly unreadable: readonly UnreadableRun[];
  /** Deleted a moment ago; `undoRemove` brings them back. */
  readonly removed?: { readonly runs: readonly Run[]; readonly overlaidIds: readonly string[] } | undefined;
  readonly storage: "unopened" | "opening" | "open";
  /** One sentence about saving, importing or starting that a person should read. */
  readonly notice?: string | undefined;

  /** Reads the runs of earlier visits; later calls do nothing. */
  open(): Promise<void>;
  /** Starts the draft as a new run. One that is going on is ended. */
  startRun(options?: { readonly paused?: boolean }): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One training step, then a pause; starts a run if none is going on. */
  step(): Promise<void>;
  /** Ends the run after a full evaluation. */
  stop(): Promise<void>;
  select(id: string): void;
  toggleOverlay(id: string): void;
  rename(id: string, name: string): void;
  toggleStar(id: string): void;
  /** Runs that are going on stay. */
  remove(ids: readonly string[]): void;
  undoRemove(): void;
  removeUnreadable(id: string): void;
  importRuns(files: readonly File[]): Promise<void>;
  /** Reads the points of a run from storage if they are not here yet. @returns the run, or undefined */
  loadDetail(id: string): Promise<Run | undefined>;
  dismissNotice(): void;
}

export const UNDO_MS = 10_000;
export const MAX_NAME_LENGTH = 80;

export interface RunStoreDeps {
  readonly lab: WorkersStore;
  readonly draft: () => Pick<DraftState, "spec" | "presetName">;
  readonly openStorage: (onLost: (message: string) => void) => Promise<RunStorage>;
  readonly holdLock: (runId: string) => () => void;
  readonly goingElsewhere: () => Promise<ReadonlySet<string>>;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

export function createRunStore(deps: RunStoreDeps) {
  const { lab, nowMs } = deps;
  const keeper = createRunKeeper({
    openStorage: deps.openStorage,
    findRun: (id) => store.getState().runs.find((run) => run.id === id),
    onTrouble: (notice) => store.setState({ notice }),
  });
  let releaseLock = () => {};
  let undoTimer: ReturnType<typeof setTimeout> | undefined;
  let stepWhenReady: string | undefined; // run that was started by asking for one step

  const find = (id: string | undefined) => store.getState().runs.find((run) => run.id === id);
  const change = (id: string, update: (run: Run) => Run) =>
    store.setState(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? update(run) : run)) }));
  const addRun = (run: Run) => store.setState(({ runs }) => ({ runs: [run, ...runs].sort(newestFirst) }));
  const settleRemoval = () => {
    clearTimeout(undoTimer);
    const { removed } = store.getState();
    if (removed) keeper.remove(removed.runs.map((run) => run.id));
    store.setState({ removed: undefined });
  };

  /** Sends a request about the active run; a refusal becomes the run's error only if it says the run is over. */
  const steer = async (name: "pause" | "resume" | "step" | "stop") => {
    const run = find(store.getState().activeRunId);
    if (!run || !isGoing(run)) return;
    try {
      await lab.getState().client().trainer.request(name, { runId: run.id });
    } catch (error) {
      if (name === "stop") change(run.id, (r) => ({ ...r, stopRequested: false }));
      store.setState({ notice: `Could not ${name}: ${messageOf(error)}` });
    }
  };

  const ended = (id: string) => {
    releaseLock();
    releaseLock = () => {};
    stepWhenReady = undefined;
    keeper.saveNow(id);
  };

  const store: StoreApi<RunsState> = createStore<RunsState>()((set, get) => ({
    runs: [],
    overlaidIds: [],
    unreadable: [],
    storage: "unopened",

    async open() {
      if (get().storage !== "unopened") return;
      set({ storage: "opening" });
      const [{ runs, unreadable }, elsewhere] = await Promise.all([keeper.open(), deps.goingElsewhere()]);
      const ours = runs.filter((run) => !elsewhere.has(run.id));
      const here = new Set(get().runs.map((run) => run.id));
      set((state) => ({
        runs: [...state.runs, ...ours.filter((run) => !here.has(run.id))].sort(newestFirst),
        unreadable,
        storage: "open",
        ...(ours.length < runs.length && {
          notice:
            "A run is going on in another tab; it is listed here once this page is reloaded after its end.",
        }),
      }));
      for (const run of get().runs) if (here.has(run.id)) keeper.saveNow(run.id); // started before storage was open
      const first = get().runs[0];
      if (first && get().selectedId === undefined) get().select(first.id);
    },

    async startRun({ paused = false } = {}) {
      const { spec, presetName } = deps.draft();
      const contradiction = contradictionOf(spec);
      if (contradiction !== undefined) return set({ notice: contradiction });
      const before = find(get().activeRunId);
      if (before && isGoing(before)) {
        change(before.id, (run) => ({ ...run, status: "stopped" }));
        ended(before.id);
      }
      const id = deps.newId();
      const label = findPreset(presetName)?.label ?? presetName;
      const run = newRun({
        id,
        spec,
        presetName,
        createdAt: nowMs(),
        name: freeName(label, get().runs),
        colour: freeColour(get().runs),
      });
      addRun(run);
      set({ activeRunId: id, selectedId: id, notice: undefined });
      releaseLock = deps.holdLock(id);
      keeper.saveNow(id);
      try {
        await lab.getState().client().trainer.request("start", { runId: id, spec, paused });
      } catch (error) {
        fail(id, messageOf(error));
      }
    },
    pause: () => steer("pause"),
    resume: () => steer("resume"),
    async step() {
      const run = find(get().activeRunId);
      if (run && isGoing(run)) return steer("step");
      const starting = get().startRun({ paused: true });
      stepWhenReady = get().activeRunId;
      await starting;
    },
    async stop() {
      const { activeRunId } = get();
      if (activeRunId !== undefined) change(activeRunId, (run) => ({ ...run, stopRequested: isGoing(run) }));
      await steer("stop");
    },

    select(id) {
      set({ selectedId: id });
      void get().loadDetail(id);
    },
    toggleOverlay(id) {
      const { overlaidIds } = get();
      const shown = overlaidIds.includes(id);
      set({ overlaidIds: shown ? overlaidIds.filter((other) => other !== id) : [...overlaidIds, id] });
      if (!shown) void get().loadDetail(id);
    },
    rename(id, name) {
      const trimmed = name.replace(/\s+/g, " ").trim().slice(0, MAX_NAME_LENGTH);
      if (trimmed === "") return;
      change(id, (run) => ({ ...run, name: trimmed }));
      keeper.saveNow(id);
    },
    toggleStar(id) {
      change(id, (run) => ({ ...run, starred: !run.starred }));
      keeper.saveNow(id);
    },
    remove(ids) {
      settleRemoval();
      const { runs, overlaidIds, selectedId } = get();
      const gone = runs.filter((run) => ids.includes(run.id) && !isGoing(run));
      if (gone.length === 0) return;
      const kept = runs.filter((run) => !gone.includes(run));
      const selected = kept.some((run) => run.id === selectedId) ? selectedId : kept[0]?.id;
      set({
        runs: kept,
        removed: { runs: gone, overlaidIds: overlaidIds.filter((id) => gone.some((run) => run.id === id)) },
        overlaidIds: overlaidIds.filter((id) => kept.some((run) => run.id === id)),
        selectedId: selected,
      });
      if (selected !== undefined && selected !== selectedId) get().select(selected);
      undoTimer = setTimeout(settleRemoval, UNDO_MS);
    },
    undoRemove() {
      clearTimeout(undoTimer);
      const { removed } = get();
      if (!removed) return;
      set(({ runs, overlaidIds, selectedId }) => ({
        runs: [...runs, ...removed.runs].sort(newestFirst),
        overlaidIds: [...overlaidIds, ...removed.overlaidIds],
        selectedId: selectedId ?? removed.runs[0]?.id,
        removed: undefined,
      }));
      const { selectedId } = get();
      if (selectedId !== undefined) void get().loadDetail(selectedId);
    },
    removeUnreadable(id) {
      keeper.remove([id]);
      set(({ unreadable }) => ({ unreadable: unreadable.filter((run) => run.id !== id) }));
    },

    async importRuns(files) {
      for (const file of files) {
        try {
          const run = await readRunFile(file, {
            id: deps.newId(),
            createdAt: nowMs(),
            colour: freeColour(get().runs),
          });
          const twin = get().runs.find((other) => other.record && other.record.digest === run.record?.digest);
          if (twin) {
            set({ notice: `${file.name} is already here as “${twin.name}”.` });
          } else {
            addRun(run);
            keeper.saveNow(run.id);
          }
          get().select(twin?.id ?? run.id);
        } catch (error) {
          set({ notice: messageOf(error) });
        }
      }
    },

    async loadDetail(id) {
      const run = find(id);
      if (run?.detail !== "stored") return run;
      try {
        const detail = await keeper.detail(id);
        change(id, (current) => (current.detail === "stored" ? withDetail(current, detail) : current));
      } catch (error) {
        const notices = [messageOf(error)];
        change(id, (current) => ({ ...current, detail: "unreadable", notices }));
      }
      return find(id);
    },
    dismissNotice: () => set({ notice: undefined }),
  }));

  const fail = (id: string, message: string) => {
    const run = find(id);
    if (!run || !isGoing(run)) return;
    const error = { kind: "internal", name: "RunError", message } as const;
    change(id, (current) => reduceRun(current, { type: "failed", runId: id, error }, nowMs()));
    ended(id);
  };

  lab.onTrainerEvent((event) => {
    if (event.type === "benchmark") return; // about the device
    if (!find(event.runId)) return; // of a run that was deleted meanwhile
    change(event.runId, (run) => reduceRun(run, event, nowMs()));
    if (event.type === "finished" || event.type === "failed") {
      if (event.runId === store.getState().activeRunId) ended(event.runId);
      else keeper.saveNow(event.runId);
      return;
    }
    if (event.type === "points" || event.type === "matrix" || event.type === "device") {
      keeper.saveSoon(event.runId);
    }
    if (event.type === "state" && event.state === "paused" && stepWhenReady === event.runId) {
      stepWhenReady = undefined;
      void steer("step");
    }
  });
  lab.onWorkersLost((message) => {
    const { activeRunId } = store.getState();
    if (activeRunId !== undefined) fail(activeRunId, `The worker stopped: ${message}`);
    store.setState({ activeRunId: undefined }); // its weights are gone
  });

  return Object.assign(store, {
    /** Writes what is waiting, e.g. because the page is being hidden, and makes deletions final. */
    flush() {
      keeper.flush();
      if (store.getState().removed) settleRemoval();
    },
    saveWaiting: () => keeper.flush(),
  });
}

const newestFirst = (a: Run, b: Run) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

/** "Hybrid", then "Hybrid 2", … */
function freeName(label: string, runs: readonly Run[]): string {
  const taken = new Set(runs.map((run) => run.name));
  for (let i = 2, name = label; ; name = `${label} ${i++}`) if (!taken.has(name)) return name;
}

/** The colour used least among the runs here, the lowest of equals. */
function freeColour(runs: readonly Run[]): number {
  const uses = Array.from({ length: 8 }, (_, colour) => runs.filter((run) => run.colour === colour).length);
  return uses.indexOf(Math.min(...uses));
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID is missing outside secure contexts
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const runStore = createRunStore({
  lab: workersStore,
  draft: () => draftStore.getState(),
  openStorage: openRunStorage,
  holdLock: holdRunLock,
  goingElsewhere: runsGoingElsewhere,
  nowMs: () => Date.now(),
  newId: randomId,
});

if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") runStore.saveWaiting();
  });
  window.addEventListener("pagehide", () => runStore.flush());
}
