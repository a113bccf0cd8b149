// Arithmetic of drawing a curve: the mix at places of a grid, one kind's share at a time, and back to a few points. Draws nothing.
import { curveAt } from "../../core/rules/curveAt.ts";
import { BATCH_KINDS, type BatchKind } from "../../core/spec/batchKind.ts";
import type { Curve, KindWeights } from "../../core/spec/spec.ts";
import { withPercent } from "../form/simplex.ts";

/** Parts of a run between the places at which a hand may bend the curve. */
export const PARTS = 40;
export const PLACES = Array.from({ length: PARTS + 1 }, (_, i) => i / PARTS);

/** The mix at each place. */
export const sampled = (curve: Curve): readonly KindWeights[] => PLACES.map((at) => curveAt(curve, at));

/** Sets one kind's share at the places from `a` to `b`, on a straight line between the two ends; the others keep their proportions. */
export function drawn(
  mixes: readonly KindWeights[],
  kind: BatchKind,
  a: { readonly place: number; readonly share: number },
  b: { readonly place: number; readonly share: number },
): readonly KindWeights[] {
  const [from, to] = a.place <= b.place ? [a, b] : [b, a];
  return mixes.map((mix, i) => {
    if (i < from.place || i > to.place) return mix;
    const part = to.place === from.place ? 1 : (i - from.place) / (to.place - from.place);
    const share = i === b.place ? b.share : from.share + part * (to.share - from.share);
    return withPercent(mix, kind, 100 * share);
  });
}

/** Points where the line bends, and its two ends. */
export function toCurve(mixes: readonly KindWeights[]): Curve {
  const bends = (i: number) =>
    BATCH_KINDS.some((kind) => {
      const [a, b, c] = [mixes[i - 1], mixes[i]!, mixes[i + 1]];
      return !a || !c || Math.abs(a[kind] + c[kind] - 2 * b[kind]) > 1e-6;
    });
  return mixes.flatMap((weights, i) => (bends(i) ? [{ at: PLACES[i]!, weights }] : []));
}
