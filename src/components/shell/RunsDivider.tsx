// Between stage and runs: dragged, or moved by arrow keys, it gives the runs more room or less.
import { useRef, type KeyboardEvent } from "react";
import { useStore } from "zustand";
import { preferencesStore, RUNS_WIDTH } from "../../state/preferencesStore.ts";

const STEP = 16; // px an arrow key

/** The width is of a page with text of the usual size, and grows with it. */
const textScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

export function RunsDivider() {
  const width = useStore(preferencesStore, (state) => state.runsWidth);
  const grip = useRef<number>(undefined); // width plus place of the pointer: the same while it is dragged
  const { setRunsWidth } = preferencesStore.getState();
  const press = (event: KeyboardEvent) => {
    const widths: Readonly<Record<string, number>> = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: RUNS_WIDTH.least,
      End: RUNS_WIDTH.most,
    };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setRunsWidth(next);
  };
  return (
    <div
      className="divider"
      role="separator"
      aria-label="Room for the runs"
      aria-orientation="vertical"
      aria-controls="pane-runs"
      aria-valuemin={RUNS_WIDTH.least}
      aria-valuemax={RUNS_WIDTH.most}
      aria-valuenow={width}
      aria-valuetext={`${width} pixels`}
      tabIndex={0}
      title="Drag for more room; twice for the usual one"
      onKeyDown={press}
      onDoubleClick={() => setRunsWidth(RUNS_WIDTH.usual)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        grip.current = width + event.clientX / textScale();
      }}
      onPointerMove={({ clientX }) =>
        grip.current !== undefined && setRunsWidth(grip.current - clientX / textScale())
      }
      onPointerUp={() => (grip.current = undefined)}
      onPointerCancel={() => (grip.current = undefined)}
    />
  );
}
