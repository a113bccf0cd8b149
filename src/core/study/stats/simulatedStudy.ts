// An invented study: differences of cells from a control with a known truth. For the planner and for checking error rates.
import type { Random } from "../../random.ts";

export interface SimulatedStudy {
  readonly seeds: number;
  /** True difference of each cell from the control, in SDs of a paired difference. */
  readonly effects: readonly number[];
}

/**
 * Results normal and alike scattered in every cell, the control among them: so a paired difference has SD 1, and those of two
 * cells go together by .5, since they share the control.
 *
 * @returns (K, n) differences
 */
export function simulateStudy(random: Random, { seeds, effects }: SimulatedStudy): number[][] {
  const control = Array.from({ length: seeds }, () => random.normal() * Math.SQRT1_2);
  return effects.map((effect) => control.map((own) => effect + random.normal() * Math.SQRT1_2 - own));
}
