// Which runs the results draw: the chosen one and those laid over it.
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { useCalmRuns } from "../runs/useCalmRuns.ts";

export interface ShownRuns {
  readonly selected?: Run | undefined;
  readonly runs: readonly Run[]; // the selected one first, then the overlaid ones
  readonly comparable: readonly Run[]; // ended runs beside the selected one, the overlaid ones first
}

export function useShownRuns(): ShownRuns {
  const runs = useCalmRuns();
  const selectedId = useStore(runStore, (state) => state.selectedId);
  const overlaidIds = useStore(runStore, (state) => state.overlaidIds);
  return useMemo(() => {
    const selected = runs.find((run) => run.id === selectedId);
    const overlaid = runs.filter((run) => run.id !== selectedId && overlaidIds.includes(run.id));
    const rest = runs.filter((run) => run.id !== selectedId && !overlaid.includes(run));
    const comparable = [...overlaid, ...rest].filter(
      ({ status }) => status === "finished" || status === "stopped",
    );
    return { selected, runs: selected ? [selected, ...overlaid] : overlaid, comparable };
  }, [runs, selectedId, overlaidIds]);
}
