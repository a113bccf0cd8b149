// Tells the figures below it which runs are shown, what n is, and at which step a chart was read.
import { useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { ShownContext, type Shown } from "../charts/shown.ts";
import { stepMarks } from "../results/branchSeries.ts";
import { comparedSample, evaluationSample } from "../results/sampleText.ts";
import { useShownRuns } from "../results/shownRuns.ts";

export function ShownProvider({ children }: { readonly children: ReactNode }) {
  const those = useShownRuns();
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const [read, setRead] = useState<{ readonly id: string; readonly step: number }>();
  const shown = useMemo((): Shown => {
    const { selected, runs } = those;
    const readAt = read && read.id === selected?.id ? read.step : undefined;
    const name = runs.length > 1 && selected ? `${selected.name}: ` : "";
    return {
      ...those,
      sample: comparedSample(runs, datasets),
      ownSample: (interval) => `${name}${evaluationSample(selected, datasets, interval)}`,
      readAt,
      steps: {
        xMax: Math.max(1, ...runs.map((run) => run.spec.steps)),
        marks: stepMarks(runs, readAt),
        onStep: (step) => selected && setRead({ id: selected.id, step }),
      },
    };
  }, [those, datasets, read]);
  return <ShownContext value={shown}>{children}</ShownContext>;
}
