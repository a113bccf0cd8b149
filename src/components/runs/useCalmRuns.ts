// The runs at a pace a list can follow: at once when a person did something, else twice a second, or as often as keeps
// drawing to a twenty-fifth of the time, so that many long runs on the charts cost few frames.
import { useEffect, useState } from "react";
import type { Run } from "../../state/run/run.ts";
import { runStore, type RunsState } from "../../state/runStore.ts";

export const REDRAW_MS = 500;
const REST = 25; // times as long as the last redraw took
const LONGEST_MS = 5000;

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
    let waitMs = REDRAW_MS;
    const redraw = () => {
      clearTimeout(timer);
      timer = undefined;
      const startMs = performance.now();
      setRuns(runStore.getState().runs);
      // React draws before the next frame; a message after that frame comes when the browser has painted, too.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          waitMs = Math.min(LONGEST_MS, Math.max(REDRAW_MS, REST * (performance.now() - startMs)));
        };
        port2.postMessage(null);
      });
    };
    const stop = runStore.subscribe((state, before) => {
      if (state.runs === before.runs) return;
      if (changedByHand(state, before)) redraw();
      else timer ??= setTimeout(redraw, waitMs);
    });
    redraw(); // something may have happened between drawing and subscribing
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return runs;
}
