// The batch mix at one step of a run: constant, or moving between two points of the simplex.
import type { ExperimentSpec } from "../spec/spec.ts";
import { BATCH_KINDS, type BatchKind, type Ratio } from "../spec/batchKind.ts";

/** The mix that is asked for at a step: what moves ratios. `ratioAt` follows the spec; see also trajectory.ts. */
export type RatioOf = (spec: ExperimentSpec, step: number) => Ratio;

/**
 * rho(t) = (1 - c) rho_0 + c rho_1 with c = 0 | t/T | (1 - cos(pi t/T))/2 | [t >= T/2] (METHOD 4, first row);
 * T = steps - 1, so the first step sees rho_0 and the last one rho_1.
 */
export function ratioAt(spec: ExperimentSpec, step: number): Ratio {
  const { ratio, ratioEnd, schedule } = spec.batch;
  if (schedule === "constant") return ratio;
  const t = spec.steps > 1 ? Math.min(1, step / (spec.steps - 1)) : 0;
  const c =
    schedule === "linear" ? t : schedule === "cosine" ? (1 - Math.cos(Math.PI * t)) / 2 : t >= 0.5 ? 1 : 0;
  const mixed = BATCH_KINDS.map((kind) => [kind, (1 - c) * ratio[kind] + c * ratioEnd[kind]]);
  return Object.fromEntries(mixed) as Record<BatchKind, number>;
}
