// The run whose weights are in the worker, for pictures that are made of them; each evaluation asks for its picture anew.
import { useEffect } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { measuredStep } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";

/** What a picture says of the run; `measured`: the step of its last evaluation. */
export interface WeightsRun {
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  readonly measured: number | undefined;
}

/**
 * @param wanted false: nothing is asked for
 * @param ask for the picture, by the present weights
 * @param clear what was made of weights that are gone
 */
export function useWeights(wanted: boolean, ask: () => Promise<void>, clear: () => void) {
  const run = useStore(
    runStore,
    useShallow(({ runs, weightsId }): WeightsRun | undefined => {
      const active = runs.find(({ id }) => id === weightsId);
      if (!active) return undefined;
      const { id, name, spec } = active;
      return { id, name, seed: spec.seed, measured: measuredStep(active) };
    }),
  );
  const measured = run?.measured;

  // A new evaluation means new weights.
  useEffect(() => {
    if (measured === undefined) clear();
    else if (wanted) void ask();
  }, [wanted, measured, run?.id, ask, clear]);

  return run;
}
