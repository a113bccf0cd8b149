// What a built-in study takes at one of its sizes: hours from measured runs, else from arithmetic at a stated speed. Measures nothing.
import type { ExperimentSpec } from "../spec/spec.ts";
import type { Setting, Shape } from "./studySizes.ts";

/** Sustained, of one GPU in 16 bits: a round figure, not a measurement. */
export const STATED_TERAFLOPS = 20;

/**
 * Of one run: 6 operations for each weight of the layers and each token (2 forward, 4 backward; Kaplan et al. 2020), and 12 for
 * each pair of tokens and unit of width in attention. Texts count as long as they may be, pairs as two texts.
 */
export function trainingFlops(spec: ExperimentSpec, { layers, width, feedForward }: Shape): number {
  const length = spec.encoder.maxTokens;
  const tokens = spec.steps * spec.batch.size * 2 * length;
  return tokens * layers * (6 * (4 * width ** 2 + 2 * width * feedForward) + 12 * length * width);
}

export interface SizeCost {
  readonly hours?: number; // of all runs; left out where nothing is known
  readonly basis: string;
}

/** @param runs how many */
export function sizeCost(runs: number, spec: ExperimentSpec, { minutesARun, shape }: Setting): SizeCost {
  if (minutesARun !== undefined)
    return { hours: (runs * minutesARun) / 60, basis: "measured, two runs at a time on two cores" };
  if (!shape) return { basis: "not measured" };
  const hours = (runs * trainingFlops(spec, shape)) / (STATED_TERAFLOPS * 1e12) / 3600;
  return {
    hours,
    basis: `training alone at ${STATED_TERAFLOPS} Tflop/s of a GPU; not measured, evaluation not counted`,
  };
}
