// The loss weights of the kinds at one step of a run as its spec alone says it: constant, along a curve, or random.
import { curveAt } from "../rules/curveAt.ts";
import { randomShares } from "../rules/randomShares.ts";
import { eachKind } from "../spec/batchKind.ts";
import { usedKinds } from "../spec/ruleFacts.ts";
import type { ExperimentSpec, KindWeights } from "../spec/spec.ts";
import { momentOf } from "./ratioAt.ts";

/** As `RatioOf`, of the weights that a batch's rows have in its loss. */
export type WeightsOf = (spec: ExperimentSpec, step: number, since: number) => KindWeights;

/** A rule that decides by what training measures begins with the spec's weights. */
export function weightsAt(spec: ExperimentSpec, step: number): KindWeights {
  const { weights, weighting, curve } = spec.loss;
  if (weighting === "drawn") return curveAt(curve, momentOf(spec, step));
  if (weighting !== "random") return weights;
  const { every, temperature } = spec.rule;
  const rule = { seed: spec.seed, stream: "weights", every, temperature } as const;
  return timesShares(spec, randomShares(usedKinds(spec), step, rule));
}

/** The spec's own weights, each times K of its share: all as they are where K kinds share alike. */
export function timesShares(spec: ExperimentSpec, shares: KindWeights): KindWeights {
  const kinds = usedKinds(spec);
  const { weights } = spec.loss;
  return eachKind((kind) =>
    kinds.includes(kind) ? weights[kind] * kinds.length * shares[kind] : weights[kind],
  );
}
