// Deleting runs: at once, here and in every tab; what was kept of them goes after ten seconds, when the page closes or at a
// later visit.
import { isGoing } from "../run/run.ts";
import { newestFirst, type Removal, type RunsContext } from "./runsState.ts";

export const UNDO_MS = 10_000;

export interface SettledRemoval extends Removal {
  /** Makes what was deleted a moment ago final. */
  settle(): void;
}

export function createRemoval({ store, keeper, snapshots, drop }: RunsContext): SettledRemoval {
  const { getState: get, setState: set } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    clearTimeout(timer);
    const { removed } = get();
    if (removed) {
      keeper.remove(removed.runs.map((run) => run.id));
      snapshots.forget(removed.runs.filter((run) => run.snapshotStep !== undefined).map((run) => run.id));
    }
    set({ removed: undefined });
  };
  return {
    settle,
    remove(ids) {
      settle();
      const { runs, overlaidIds } = get();
      const gone = runs.filter((run) => ids.includes(run.id) && !isGoing(run));
      if (gone.length === 0) return;
      const goneIds = gone.map((run) => run.id);
      keeper.mark(goneIds); // now: what is written while the page closes does not land
      drop(goneIds, {
        removed: { runs: gone, overlaidIds: overlaidIds.filter((id) => goneIds.includes(id)) },
      });
      timer = setTimeout(settle, UNDO_MS);
    },
    undoRemove() {
      clearTimeout(timer);
      const { removed } = get();
      if (!removed) return;
      keeper.unmark(removed.runs.map((run) => run.id));
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
      keeper.mark([id]);
      keeper.remove([id]);
      set(({ unreadable }) => ({ unreadable: unreadable.filter((run) => run.id !== id) }));
    },
  };
}
