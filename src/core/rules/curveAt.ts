// The weights of a drawn curve at one moment of a run.
import { eachKind } from "../spec/batchKind.ts";
import type { Curve, KindWeights } from "../spec/spec.ts";

/** Straight lines between points, held before the first and after the last. @param moment in [0, 1] of the run */
export function curveAt(curve: Curve, moment: number): KindWeights {
  const t = Math.round(moment * 1e6) / 1e6; // as places are kept: a step that has a point is at it
  const after = curve.findIndex(({ at }) => at >= t);
  if (after < 0) return curve.at(-1)!.weights;
  const [a, b] = [curve[after - 1], curve[after]!];
  if (!a) return b.weights;
  const part = (t - a.at) / (b.at - a.at);
  return eachKind((kind) => a.weights[kind] + part * (b.weights[kind] - a.weights[kind]));
}
