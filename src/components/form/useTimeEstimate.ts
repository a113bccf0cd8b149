// About how long the run on the form will take, where that can be told: as fast as this device was with its encoder, else as
// such an encoder was measured elsewhere, at this device's pace. Measures nothing.
import { useStore } from "zustand";
import type { Speeds } from "../../core/encoders/encoderInfo.ts";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { duration } from "../../core/run/duration.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import { expectedSeconds, teacherTexts } from "../../core/series/expectedTime.ts";
import { expectedSpeeds } from "../../core/series/shapeSpeeds.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { evalTarget } from "../../core/spec/resolve.ts";
import { withPath } from "../../core/spec/spec.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { draftStore } from "../../state/draftStore.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { gpuOfferStore } from "../../state/gpuOffer.ts";
import { paced, speedKey } from "../../core/series/measuredSpeeds.ts";
import { paceStore } from "../../state/paceStore.ts";
import { speedStore } from "../../state/speedStore.ts";

export interface TimeEstimate {
  readonly total: string; // "5 min"
  readonly isHere: boolean; // by this device's own speed
  readonly reading?: { readonly texts: number; readonly time?: string } | undefined; // of the teacher; its time is in the total
  readonly longest: string; // of as many steps as the form takes
  readonly mostSteps: number;
}

/** Whether the form asks for WebGPU where the processor plays it: how many times slower is another thing on each device. */
export function useIsPlayedGpu(): boolean {
  const asked = useStore(draftStore, ({ spec }) => spec.compute.backend === "webgpu");
  const isPlayed = useStore(gpuOfferStore, ({ offer }) => offer?.software === true);
  return asked && isPlayed;
}

export function useTimeEstimate(): TimeEstimate | undefined {
  const spec = useStore(draftStore, (state) => state.spec);
  const test = useStore(datasetStore, ({ datasets }) =>
    datasets.find(({ id }) => id === evalTarget(spec).datasetId),
  );
  const train = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === spec.data.train));
  const encoders = useStore(speedStore, (state) => state.encoders);
  const facts = useStore(encoderStore, (state) => state.facts);
  const readers = useStore(speedStore, (state) => state.readers);
  const pace = useStore(paceStore, (state) => state.pace);
  const atPace = (elsewhere?: Speeds) => elsewhere && paced(elsewhere, pace);
  const here = encoders[speedKey(spec)];
  const isPlayed = useIsPlayedGpu();
  const speeds = here ?? (isPlayed ? undefined : atPace(expectedSpeeds(spec, facts)));
  if (!test || !train || !speeds) return undefined;
  const size = evalSize(test.manifest, spec);
  const { teacher } = spec.loss;
  const perSecond = readers[teacher] ?? atPace(findShipped(teacher)?.speeds)?.texts;
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
    isHere: here !== undefined,
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
