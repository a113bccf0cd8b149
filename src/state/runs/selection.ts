// Which runs are shown, and whose points are therefore in memory. Reads through the keeper; draws nothing.
import { messageOf } from "../../core/messageOf.ts";
import { detailOf, isGoing, withDetail, withoutDetail, type Run } from "../run/run.ts";
import type { RunsContext, Selection } from "./runsState.ts";

/** Details of runs that are not shown: kept for going back and forth between a few of them. */
export const DETAILS_KEPT = 8;

export function createSelection({ store, keeper, find, change }: RunsContext): Selection {
  const { getState: get, setState: set } = store;
  let shown: string[] = []; // ids, the last one shown first
  let held: readonly string[] = []; // shown together with the chosen ones, such as other seeds

  /** Lets go of the details that were shown longest ago, as far as they can be read again. */
  const letGo = () => {
    const { runs, selectedId, overlaidIds, weightsId } = get();
    const inUse = new Set([selectedId, weightsId, ...overlaidIds, ...held]);
    const idle = runs.filter(
      (run) => run.detail.state === "loaded" && !inUse.has(run.id) && !isGoing(run) && keeper.holds(run),
    );
    const rank = (id: string) => (shown.includes(id) ? shown.indexOf(id) : Infinity);
    const gone = idle.sort((a, b) => rank(a.id) - rank(b.id)).slice(DETAILS_KEPT);
    for (const { id } of gone) change(id, withoutDetail);
  };

  /** A branch without points of its parent is drawn with those that the parent itself has. */
  const loadTrunk = (run: Run | undefined) => {
    if (run?.parentId !== undefined && !detailOf(run).trunk) void get().loadDetail(run.parentId);
  };

  const overlay = (id: string) => {
    const { overlaidIds } = get();
    if (overlaidIds.includes(id)) return;
    set({ overlaidIds: [...overlaidIds, id] });
    void get().loadDetail(id).then(loadTrunk);
  };

  return {
    select(id) {
      set({ selectedId: id });
      void get().loadDetail(id).then(loadTrunk);
    },
    overlay,
    toggleOverlay(id) {
      const { overlaidIds } = get();
      if (overlaidIds.includes(id)) set({ overlaidIds: overlaidIds.filter((other) => other !== id) });
      else overlay(id);
    },
    hold(ids) {
      held = ids;
      for (const id of ids) if (find(id)?.detail.state === "stored") void get().loadDetail(id);
    },
    compare([first, ...others]) {
      if (first === undefined) return;
      set({ overlaidIds: others });
      get().select(first);
      for (const id of others) void get().loadDetail(id).then(loadTrunk);
    },
    async readDetail(id) {
      const run = find(id);
      return run?.detail.state === "loaded" ? run.detail : keeper.detail(id);
    },
    async loadDetail(id) {
      shown = [id, ...shown.filter((other) => other !== id)];
      if (find(id)?.detail.state === "stored") {
        const detail = await keeper
          .detail(id)
          .catch((error: unknown) => ({ state: "unreadable", why: messageOf(error) }) as const);
        change(id, (run) => {
          if (run.detail.state !== "stored") return run;
          return detail.state === "loaded" ? withDetail(run, detail) : { ...run, detail };
        });
      }
      const run = find(id);
      letGo();
      return run;
    },
  };
}
