// All runs of this browser. What can be done with them is in run/, part by part; this joins the parts and brings back the
// runs of earlier visits. Nothing is drawn here.
import { createStore, type StoreApi } from "zustand/vanilla";
import { createImporting } from "./run/importing.ts";
import { createLabelling } from "./run/naming.ts";
import { createRemoval } from "./run/removal.ts";
import { createRunKeeper } from "./run/runKeeper.ts";
import { holdRunLock, runsGoingElsewhere } from "./run/runLock.ts";
import { newestFirst, type RunsContext, type RunsState, type RunStoreDeps } from "./run/runsState.ts";
import { openRunStorage } from "./run/runStorage.ts";
import { createSelection } from "./run/selection.ts";
import { createSteering } from "./run/steering.ts";
import { trainerLink, workersStore } from "./workersStore.ts";

export function createRunStore(deps: RunStoreDeps) {
  const keeper = createRunKeeper({
    openStorage: deps.openStorage,
    findRun: (id) => context.find(id),
    onTrouble: (notice) => store.setState({ notice }),
  });
  const context: RunsContext = {
    store: { getState: () => store.getState(), setState: (part) => store.setState(part) },
    deps,
    keeper,
    find: (id) => store.getState().runs.find((run) => run.id === id),
    change: (id, update) =>
      store.setState(({ runs }) => ({ runs: runs.map((run) => (run.id === id ? update(run) : run)) })),
    add: (run) => store.setState(({ runs }) => ({ runs: [run, ...runs].sort(newestFirst) })),
  };
  const { settle, ...removal } = createRemoval(context);

  const store: StoreApi<RunsState> = createStore<RunsState>()((set, get) => ({
    ...createSteering(context),
    ...createSelection(context),
    ...createLabelling(context),
    ...createImporting(context),
    ...removal,
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

    dismissNotice: () => set({ notice: undefined }),
  }));

  return Object.assign(store, {
    /** Writes what is waiting, e.g. because the page is being hidden, and makes deletions final. */
    flush() {
      keeper.flush();
      if (store.getState().removed) settle();
    },
    saveWaiting: () => keeper.flush(),
  });
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12)); // randomUUID is missing outside secure contexts
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const runStore = createRunStore({
  link: trainerLink(workersStore),
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
