// All runs of this browser. What can be done with them is in run/, part by part; this joins the parts and brings back the
// runs of earlier visits. Nothing is drawn here.
import { createStore, type StoreApi } from "zustand/vanilla";
import { isAwaited } from "./awaitedData.ts";
import { datasetStore } from "./datasetStore.ts";
import { paceStore } from "./paceStore.ts";
import { pageCadence, preferencesStore } from "./preferencesStore.ts";
import { createBaselineMeasuring } from "./runs/baselineMeasuring.ts";
import { collectWhileTraining } from "./runs/collecting.ts";
import { createFinalTesting } from "./runs/finalTesting.ts";
import { createImporting } from "./runs/importing.ts";
import { createLabelling, createNaming } from "./runs/naming.ts";
import { createOtherTabs } from "./runs/otherTabs.ts";
import { createRemoval, UNDO_MS } from "./runs/removal.ts";
import { createRunKeeper } from "./run/runKeeper.ts";
import { holdRunLock, runsGoingElsewhere, takeRunLock, whenRunFree } from "./run/runLock.ts";
import { newestFirst, type RunsContext, type RunsState, type RunStoreDeps } from "./runs/runsState.ts";
import { openRunStorage } from "./run/runStorage.ts";
import { createSelection } from "./runs/selection.ts";
import { createSnapshots } from "./runs/snapshots.ts";
import { createSteering } from "./runs/steering.ts";
import { tabs } from "./run/tabs.ts";
import { isEmbedded } from "./viewStore.ts";
import { trainerLink, workersStore } from "./workersStore.ts";

export function createRunStore(deps: RunStoreDeps) {
  const keeper = createRunKeeper({
    openStorage: deps.openStorage,
    findRun: (id) => base.find(id),
    nowMs: () => deps.nowMs(),
    onTrouble: (notice) => store.setState({ notice }),
    onWritten: (ids) => deps.tabs.tell({ about: "runs", ids }),
  });
  const named = createNaming();
  /** Runs are named as they come in: whoever reads the state reads what sets them apart. */
  const set: RunsContext["store"]["setState"] = (part) =>
    store.setState((state) => {
      const next = typeof part === "function" ? part(state) : part;
      return next.runs ? { ...next, runs: named(next.runs) } : next;
    });
  const base: Omit<RunsContext, "snapshots"> = {
    store: { getState: () => store.getState(), setState: set },
    deps,
    keeper,
    find: (id) => store.getState().runs.find((run) => run.id === id),
    change: (id, update) =>
      set(({ runs }) => {
        const at = runs.findIndex((run) => run.id === id);
        const next = at < 0 ? undefined : update(runs[at]!);
        return next === undefined || next === runs[at] ? {} : { runs: runs.with(at, next) };
      }),
    add: (run) => set(({ runs }) => ({ runs: [run, ...runs].sort(newestFirst) })),
    drop(ids, part, insteadId) {
      const { runs, overlaidIds, selectedId, select } = store.getState();
      const kept = runs.filter((run) => !ids.includes(run.id));
      const isShown = kept.some((run) => run.id === selectedId);
      const shown = isShown ? selectedId : (kept.find((run) => run.id === insteadId) ?? kept[0])?.id;
      const overlaid = overlaidIds.filter((id) => !ids.includes(id));
      set({ ...part, runs: kept, overlaidIds: overlaid, selectedId: shown });
      if (!isShown && shown !== undefined) select(shown);
    },
  };
  const context: RunsContext = { ...base, snapshots: createSnapshots(base) };
  const { settle, ...removal } = createRemoval(context);
  const others = createOtherTabs(context);
  deps.tabs.onTold(({ about, ids }) => {
    if (about === "runs") void others.take(ids);
  });

  /** Brings in what storage has, beside what was begun here meanwhile. */
  const read = async () => {
    const get = store.getState;
    const whenLate = () => {
      set({ notice: undefined });
      void read();
    };
    const found = await keeper.open(whenLate, await deps.goingElsewhere());
    const here = new Set(get().runs.map((run) => run.id));
    set((state) => ({
      runs: [...state.runs, ...found.runs.filter((run) => !here.has(run.id))].sort(newestFirst),
      unreadable: found.unreadable,
      storage: "open",
    }));
    for (const run of get().runs) {
      if (here.has(run.id)) void keeper.saveNow(run.id); // started before storage was open
      if (run.elsewhere) others.awaitEnd(run.id);
    }
    const first = get().runs[0];
    if (first && get().selectedId === undefined) get().select(first.id);
    const isFinal = ({ at }: { readonly at: number }) => Math.abs(deps.nowMs() - at) > UNDO_MS;
    keeper.remove(found.deleted.filter(isFinal).map(({ id }) => id));
    const mayComeBack = found.deleted.filter((run) => !isFinal(run));
    const stored = [...get().runs, ...found.unreadable, ...mayComeBack].map(({ id }) => id);
    await context.snapshots.refresh(found.isOpen ? new Set(stored) : undefined);
  };

  const store: StoreApi<RunsState> = createStore<RunsState>()((set, get) => ({
    ...createSteering(context),
    ...createSelection(context),
    ...createLabelling(context),
    ...createImporting(context),
    ...createFinalTesting(context),
    ...createBaselineMeasuring(context),
    ...removal,
    runs: [],
    waiting: [],
    overlaidIds: [],
    unreadable: [],
    storage: "unopened",

    async open() {
      if (get().storage !== "unopened") return;
      set({ storage: "opening" });
      await read();
    },

    dismissNotice: () => set({ notice: undefined }),
    dismissFailedStart: () => set({ failedStart: undefined }),
  }));

  return Object.assign(store, {
    /** Writes what is waiting, e.g. because the page is being hidden, and makes deletions final. */
    flush() {
      keeper.flush();
      if (store.getState().removed) settle();
    },
    /** The same without deletions; the run in training keeps a snapshot, for this may have been the last moment. */
    saveWaiting() {
      keeper.flush();
      context.snapshots.keepNow();
    },
    /** Takes in runs that a restored backup added to storage. @param changed runs of which something was added */
    async takeIn(changed: readonly string[]) {
      const found = await keeper.open(() => undefined, await deps.goingElsewhere());
      const here = new Set(store.getState().runs.map(({ id }) => id));
      const fresh = found.runs.filter(({ id }) => !here.has(id));
      set(({ runs }) => ({ runs: [...runs, ...fresh].sort(newestFirst) }));
      await others.take(changed);
      deps.tabs.tell({ about: "runs", ids: [...fresh.map(({ id }) => id), ...changed] });
    },
  });
}

export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID is missing outside secure contexts
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const runStore = createRunStore({
  link: trainerLink(workersStore),
  openStorage: openRunStorage,
  holdLock: holdRunLock,
  takeLock: takeRunLock,
  goingElsewhere: runsGoingElsewhere,
  whenFree: whenRunFree,
  tabs,
  data: {
    isAwaited: (spec) => isAwaited(spec)(datasetStore.getState()),
    onChange: (listener) => datasetStore.subscribe(listener),
  },
  // An embed keeps no runs, so that nothing would go on from a snapshot.
  pace: () => paceStore.getState().pace,
  cadence: () => (isEmbedded ? undefined : pageCadence(preferencesStore.getState().snapshotSeconds)),
  nowMs: () => Date.now(),
  newId: randomId,
});

if (typeof document !== "undefined") {
  collectWhileTraining(runStore);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") runStore.saveWaiting();
  });
  document.addEventListener("freeze", () => runStore.saveWaiting());
  window.addEventListener("pagehide", () => runStore.flush());
}
