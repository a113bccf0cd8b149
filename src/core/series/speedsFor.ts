// The speed by which the time of a run is told before it begins: as fast as this device was with its encoder, else as such an
// encoder was measured elsewhere, at this device's pace. Measures nothing.
import type { EncoderInfo, Speeds } from "../encoders/encoderInfo.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { paced, speedKey } from "./measuredSpeeds.ts";
import { expectedSpeeds } from "./shapeSpeeds.ts";

/** What is known of a device. */
export interface KnownSpeeds {
  readonly measured: Readonly<Record<string, Speeds>>; // of runs here, by `speedKey`
  readonly pace: number | undefined; // times as long as the table's device, > 0; undefined: not measured yet
  readonly playsGpu: boolean; // its WebGPU is played by the processor: how many times slower is another thing on each device
  readonly facts?: Readonly<Record<string, Pick<EncoderInfo, "layers" | "width">>>; // of encoders by id
}

/** Whether only a first run can tell how fast it is. */
export const isPlayed = ({ compute }: ExperimentSpec, { playsGpu }: Pick<KnownSpeeds, "playsGpu">): boolean =>
  playsGpu && compute.backend === "webgpu";

/** @returns undefined where nothing is known */
export function speedsFor(
  spec: ExperimentSpec,
  known: KnownSpeeds,
): { readonly speeds: Speeds; readonly isHere: boolean } | undefined {
  const here = known.measured[speedKey(spec)];
  if (here) return { speeds: here, isHere: true };
  if (known.pace === undefined || isPlayed(spec, known)) return undefined;
  const elsewhere = expectedSpeeds(spec, known.facts);
  return elsewhere && { speeds: paced(elsewhere, known.pace), isHere: false };
}
