// About how long the run on the form will take, where that can be told (core/series/speedsFor.ts). Measures nothing.
import { useStore } from "zustand";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { duration } from "../../core/run/duration.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import { expectedSeconds, teacherTexts } from "../../core/series/expectedTime.ts";
import { paced } from "../../core/series/measuredSpeeds.ts";
import { isPlayed, speedsFor } from "../../core/series/speedsFor.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { evalTarget } from "../../core/spec/resolve.ts";
import { withPath } from "../../core/spec/spec.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { draftStore } from "../../state/draftStore.ts";
import { speedStore } from "../../state/speedStore.ts";
import { useKnownSpeeds } from "./useKnownSpeeds.ts";

export interface TimeEstimate {
  readonly total: string; // "5 min"
  readonly isHere: boolean; // by this device's own speed
  readonly reading?: { readonly texts: number; readonly time?: string } | undefined; // of the teacher; its time is in the total
  readonly longest: string; // of as many steps as the form takes
  readonly mostSteps: number;
}

/** Whether the form asks for WebGPU where the processor plays it. */
export function useIsPlayed(): boolean {
  const spec = useStore(draftStore, (state) => state.spec);
  return isPlayed(spec, useKnownSpeeds());
}

export function useTimeEstimate(): TimeEstimate | undefined {
  const spec = useStore(draftStore, (state) => state.spec);
  const test = useStore(datasetStore, ({ datasets }) =>
    datasets.find(({ id }) => id === evalTarget(spec).datasetId),
  );
  const train = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === spec.data.train));
  const readers = useStore(speedStore, (state) => state.readers);
  const known = useKnownSpeeds();
  const found = speedsFor(spec, known);
  if (!test || !train || !found) return undefined;
  const { speeds, isHere } = found;
  const size = evalSize(test.manifest, spec);
  const { teacher } = spec.loss;
  const elsewhere = findShipped(teacher)?.speeds;
  const perSecond = readers[teacher] ?? (elsewhere && paced(elsewhere, known.pace ?? 1).texts);
  const parts = (one: typeof spec) => {
    const texts = teacherTexts(one, size, train.manifest);
    const reading = texts > 0 && perSecond ? texts / perSecond : 0;
    return { texts, reading, total: expectedSeconds(one, size, speeds) + reading };
  };
  const { texts, reading, total } = parts(spec);
  const steps = fieldAt("steps");
  const mostSteps = steps.type === "number" ? steps.max : spec.steps;
  return {
    total: rounded(total),
    isHere,
    ...(texts > 0 && { reading: { texts, ...(reading > 0 && { time: rounded(reading) }) } }),
    longest: rounded(parts(withPath(spec, "steps", mostSteps)).total),
    mostSteps,
  };
}

/** To two digits or so: nobody knows more. */
function rounded(seconds: number): string {
  const unit = seconds < 20 ? 1 : seconds < 120 ? 10 : seconds < 2 * 3600 ? 60 : 1800;
  return duration(unit * Math.max(1, Math.round(seconds / unit))).replace(/ 0 min$/, "");
}
