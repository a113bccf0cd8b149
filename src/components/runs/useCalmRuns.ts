// The runs at a pace a list can follow: at once when a person did something, else twice a second.
import { useEffect, useState } from "react";
import type { Run } from "../../state/run/run.ts";
import { runStore, type RunsState } from "../../state/runStore.ts";

export const REDRAW_MS = 500;

/** Whether anything but numbers changed: then nobody should have to wait for it. */
export function changedByHand(state: RunsState, before: RunsState): boolean {
  if (state.selectedId !== before.selectedId || state.overlaidIds !== before.overlaidIds) return true;
  if (state.runs.length !== before.runs.length) return true;
  return state.runs.some((run, i) => {
    const old = before.runs[i]!;
    const keys = ["id", "status", "detail", "name", "starred"] as const;
    return keys.some((key) => run[key] !== old[key]);
  });
}

export function useCalmRuns(): readonly Run[] {
  const [runs, setRuns] = useState(runStore.getState().runs);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const redraw = () => {
      clearTimeout(timer);
      timer = undefined;
      setRuns(runStore.getState().runs);
    };
    const stop = runStore.subscribe((state, before) => {
      if (state.runs === before.runs) return;
      if (changedByHand(state, before)) redraw();
      else timer ??= setTimeout(redraw, REDRAW_MS);
    });
    redraw(); // something may have happened between drawing and subscribing
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return runs;
}
