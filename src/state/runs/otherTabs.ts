// Runs that other tabs of this browser write, delete and bring back: read again as soon as they are told. Trains nothing.
import { isGoing, labelsOf, type Run } from "../run/run.ts";
import { newestFirst, type RunsContext } from "./runsState.ts";

export interface OtherTabs {
  /** Takes in what storage now has of these runs. */
  take(ids: readonly string[]): Promise<void>;
  /** Reads the run again once the tab that trains it has let go of it, however that came. */
  awaitEnd(id: string): void;
}

export function createOtherTabs({
  store,
  deps,
  keeper,
  snapshots,
  find,
  change,
  drop,
}: RunsContext): OtherTabs {
  const { getState: get, setState: set } = store;
  const awaited = new Set<string>();
  let last = Promise.resolve(); // one after the other: a later reading is never overtaken by an earlier one

  const file = async (there: Run) => {
    const here = find(there.id);
    const { selectedId, overlaidIds } = get();
    const isShown = selectedId === there.id || overlaidIds.includes(there.id);
    const detail =
      isShown && here?.detail.state === "loaded"
        ? await keeper.detail(there.id).catch(() => there.detail)
        : there.detail;
    const fresh: Run = { ...there, detail, live: here?.live, snapshotStep: here?.snapshotStep };
    set(({ runs }) => ({
      runs: [...runs.filter(({ id }) => id !== there.id), fresh].sort(newestFirst),
    }));
    if (get().selectedId === undefined) get().select(there.id);
    else if (isShown) void get().loadDetail(there.id);
    if (there.elsewhere) awaitEnd(there.id);
    else if (here?.elsewhere) await snapshots.refresh(); // it may go on here
  };
  const takeOne = async (id: string, elsewhere: ReadonlySet<string>) => {
    const there = await keeper.reread(id, elsewhere.has(id));
    const here = find(id);
    if (id === get().trainingId && here) {
      if (there) change(id, (run) => ({ ...run, ...labelsOf(there) }));
      else
        set({
          notice: `“${here.name}” was deleted in another tab: it trains on, but is not kept. Export it to keep it.`,
        });
    } else if (there) await file(there);
    else if (here) drop([id]);
  };
  const take = (ids: readonly string[]) => {
    last = last
      .then(async () => {
        if (get().storage !== "open") return; // all is read when it opens
        const elsewhere = await deps.goingElsewhere();
        for (const id of ids) await takeOne(id, elsewhere);
      })
      .catch(() => undefined); // unreadable for now: it is told again with its next change
    return last;
  };
  const awaitEnd = (id: string) => {
    if (awaited.has(id)) return;
    awaited.add(id);
    void deps.whenFree(id).then(() => {
      awaited.delete(id);
      const run = find(id);
      if (run?.elsewhere && isGoing(run)) void take([id]);
    });
  };
  return { take, awaitEnd };
}
