// The runs at a pace a list can follow: at once when a person did something or a metric has its first number, else twice a
// second; where many long runs make drawing slow, as often as keeps it to a twenty-fifth of the time.
import { startTransition, useEffect, useRef, useState } from "react";
import type { Run } from "../../state/run/run.ts";
import type { RunsState } from "../../state/runs/runsState.ts";
import { runStore } from "../../state/runStore.ts";
import { onlyNumbersDiffer } from "./onlyNumbersDiffer.ts";

const REDRAW_MS = 500;
const QUICK_MS = 80; // a redraw of five frames may come twice a second
const REST = 25; // times as long as a slower one took
const LONGEST_MS = 5000;

/** Whether anything but numbers changed, or the first ones of a metric came: then nobody should have to wait for it. */
function isUrgent(state: RunsState, before: RunsState): boolean {
  if (state.selectedId !== before.selectedId || state.overlaidIds !== before.overlaidIds) return true;
  return !onlyNumbersDiffer(before.runs, state.runs);
}

/** Once it is laid out and painted, which long curves make take longer than React. */
const onceDrawn = (then: () => void) => requestAnimationFrame(() => setTimeout(then));

export function useCalmRuns(): readonly Run[] {
  const [runs, setRuns] = useState(runStore.getState().runs);
  const drawn = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (drawn.current) onceDrawn(drawn.current);
  }, [runs]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitMs = REDRAW_MS;
    const redraw = () => {
      clearTimeout(timer);
      timer = undefined;
      setRuns(runStore.getState().runs);
    };
    const redrawInTurn = () => {
      const startMs = performance.now();
      drawn.current = () => {
        const spentMs = performance.now() - startMs;
        waitMs = spentMs <= QUICK_MS ? REDRAW_MS : Math.min(LONGEST_MS, REST * spentMs);
        drawn.current = undefined;
      };
      startTransition(redraw); // in slices: frames and input come in between
    };
    const stop = runStore.subscribe((state, before) => {
      if (state.runs === before.runs) return;
      if (isUrgent(state, before)) redraw();
      else timer ??= setTimeout(redrawInTurn, waitMs);
    });
    redraw(); // something may have happened between drawing and subscribing
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return runs;
}
