// Which runs the figures draw: the chosen one and those laid over it that are measured on the same test.
import { useMemo } from "react";
import { useStore } from "zustand";
import { byTest } from "../../core/naming/testOf.ts";
import { detailOf, hasEnded, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import type { ShownRuns } from "../charts/shown.ts";
import { useCalmRuns } from "../runs/useCalmRuns.ts";

export function useShownRuns(): ShownRuns {
  const runs = useCalmRuns();
  const selectedId = useStore(runStore, (state) => state.selectedId);
  const overlaidIds = useStore(runStore, (state) => state.overlaidIds);
  return useMemo(() => {
    const selected = runs.find((run) => run.id === selectedId);
    const overlaid = runs.filter((run) => run.id !== selectedId && overlaidIds.includes(run.id));
    const rest = runs.filter((run) => run.id !== selectedId && !overlaid.includes(run));
    const comparable = [...overlaid, ...rest].filter(hasEnded);
    const [alike = [], ...others] = byTest(selected ? [selected, ...overlaid] : overlaid);
    return { selected, runs: alike.map((run) => withTrunk(run, runs)), apart: others.flat(), comparable };
  }, [runs, selectedId, overlaidIds]);
}

/** A branch that did not train its parent's steps again, with the points of the parent where that is at hand. */
function withTrunk(run: Run, runs: readonly Run[]): Run {
  if (!run.parent || run.detail.state !== "loaded" || run.detail.trunk) return run;
  const { points } = detailOf(runs.find(({ id }) => id === run.parentId));
  return points.size === 0 ? run : { ...run, detail: { ...run.detail, trunk: points } };
}
