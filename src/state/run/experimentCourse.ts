// What all seeds of an experiment have trained. Names nothing.
import type { NamedCourse } from "../../core/naming/facets.ts";
import { engineName } from "../../core/record/maker.ts";
import type { Run } from "./run.ts";

/** The course of a run without its seed, on the device that ran it. */
export function experimentCourse({ spec, device, parent, stopAt, trajectory }: Run): NamedCourse {
  const backend = device?.backend ?? spec.compute.backend;
  const own = { ...spec, seed: 0, compute: { ...spec.compute, backend } };
  return { spec: own, parent, stopAt, trajectory, engine: engineName(device) };
}
