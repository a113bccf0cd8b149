// The batch mix at one step of a run as its spec alone says it: constant, moving to an end, along a curve, or random.
import { competenceAt } from "../rules/competence.ts";
import { curveAt } from "../rules/curveAt.ts";
import { randomShares } from "../rules/randomShares.ts";
import { withFloor } from "../rules/shares.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { eachKind, type Ratio } from "../spec/batchKind.ts";
import { usedKinds } from "../spec/ruleFacts.ts";

/**
 * The mix that is asked for at a step: what moves ratios. `ratioAt` follows the spec; see also trajectory.ts.
 * @param since the step at which this spec began to hold, of a branch
 */
export type RatioOf = (spec: ExperimentSpec, step: number, since: number) => Ratio;

/** t in [0, 1]: the first step is at 0, the last at 1. */
export const momentOf = ({ steps }: ExperimentSpec, step: number): number =>
  steps > 1 ? Math.min(1, step / (steps - 1)) : 0;

/**
 * rho(t) = (1 - c) rho_0 + c rho_1 with c = 0 | t | (1 - cos(pi t))/2 | [t >= 1/2] | competence (METHOD 4); the curve at t; or a
 * draw. A rule that decides by what training measures begins with rho_0.
 */
export function ratioAt(spec: ExperimentSpec, step: number): Ratio {
  const { ratio, ratioEnd, schedule, curve } = spec.batch;
  const t = momentOf(spec, step);
  const towards = (c: number) => eachKind((kind) => (1 - c) * ratio[kind] + c * ratioEnd[kind]);
  switch (schedule) {
    case "linear":
      return towards(t);
    case "cosine":
      return towards((1 - Math.cos(Math.PI * t)) / 2);
    case "step":
      return towards(t >= 0.5 ? 1 : 0);
    case "competence":
      return towards(competenceAt(t));
    case "drawn":
      return curveAt(curve, t);
    case "random": {
      const kinds = usedKinds(spec);
      const { every, temperature, floor } = spec.rule;
      const rule = { seed: spec.seed, stream: "mix", every, temperature } as const;
      return withFloor(kinds, randomShares(kinds, step, rule), floor);
    }
    default:
      return ratio;
  }
}
