// What every figure of a view is told of the runs that are shown. Chooses none.
import { createContext, useContext } from "react";
import type { Run } from "../../state/run/run.ts";
import type { StepMark } from "./chartSeries.ts";

export interface ShownRuns {
  readonly selected?: Run | undefined;
  readonly runs: readonly Run[]; // the selected one first, then the overlaid ones
  readonly apart: readonly Run[]; // asked for beside it, but measured on another test: no axis is theirs too
  readonly comparable: readonly Run[]; // ended runs beside the selected one, the overlaid ones first
}

export interface Shown extends ShownRuns {
  readonly sample: string; // n of all of them
  readonly ownSample: (interval?: string) => string; // of the selected one, named where there are several
  readonly readAt: number | undefined; // the step at which a chart of the selected one was read
  readonly steps: {
    readonly xMax: number;
    readonly marks: readonly StepMark[];
    readonly onStep: (step: number) => void;
  };
}

export const ShownContext = createContext<Shown | undefined>(undefined);

/** @throws Error outside of a view */
export function useShown(): Shown {
  const shown = useContext(ShownContext);
  if (!shown) throw new Error("useShown: a figure stands outside of the stage");
  return shown;
}
