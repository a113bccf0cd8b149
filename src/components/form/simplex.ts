// Geometry and arithmetic of the batch mix: a triangle for three kinds, a share for each other one. Pure; draws nothing.
import { BATCH_KINDS, eachKind, kindFacts, type BatchKind, type Ratio } from "../../core/spec/batchKind.ts";
import { inPercent, wholePercents } from "../../core/spec/wholePercents.ts";

/** The corners, in the order of barycentric coordinates. */
export const CORNERS = ["mono", "cross", "multi"] as const satisfies readonly BatchKind[];
export type Shares = readonly [number, number, number]; // of CORNERS, each in [0, 1], sum 1

export interface PlanePoint {
  readonly x: number;
  readonly y: number; // grows downwards, as in SVG
}

/** What is dragged: a mix, and whom to tell of another. */
export interface MixHandle {
  readonly label: string; // "Batch mix", "Final mix"
  readonly ratio: Ratio;
  readonly onChange: (ratio: Ratio) => void;
}

const HEIGHT = Math.sqrt(3) / 2;

/** Unit triangle: mono lower left, cross lower right, multi on top; x in [0, 1], y in [0, HEIGHT]. */
export const TRIANGLE: readonly [PlanePoint, PlanePoint, PlanePoint] = [
  { x: 0, y: HEIGHT },
  { x: 1, y: HEIGHT },
  { x: 0.5, y: 0 },
];

/** p = sum_i share_i * corner_i */
export function toPoint(shares: Shares): PlanePoint {
  return {
    x: shares.reduce((sum, share, i) => sum + share * TRIANGLE[i]!.x, 0),
    y: shares.reduce((sum, share, i) => sum + share * TRIANGLE[i]!.y, 0),
  };
}

/** Inverse of `toPoint`; a point outside the triangle gives the nearest point inside. */
export function toShares({ x, y }: PlanePoint): Shares {
  const multi = 1 - y / HEIGHT;
  const cross = x - multi / 2;
  return nearestShares([1 - multi - cross, cross, multi]);
}

/**
 * Euclidean projection onto the simplex (Held, Wolfe & Crowder 1974): max(v_i - t, 0) with t such that the sum is 1.
 * The triangle is equilateral, so nearest in shares is nearest in the plane.
 */
function nearestShares(v: readonly [number, number, number]): Shares {
  const sorted = [...v].sort((a, b) => b - a);
  let sum = 0;
  let t = 0;
  for (const [i, value] of sorted.entries()) {
    sum += value;
    const next = (sum - 1) / (i + 1);
    if (value > next) t = next;
  }
  const [a, b, c] = v;
  return [Math.max(0, a - t), Math.max(0, b - t), Math.max(0, c - t)];
}

/** What the kinds without a corner leave for the three. */
export const shareOfThree = (ratio: Ratio): number =>
  BATCH_KINDS.reduce((rest, kind) => (isCorner(kind) ? rest : rest - ratio[kind]), 1);

const isCorner = (kind: BatchKind) => CORNERS.some((corner) => corner === kind);

/** The three kinds among themselves; equal thirds where they have nothing. */
export function sharesOf(ratio: Ratio): Shares {
  const rest = CORNERS.reduce((sum, kind) => sum + ratio[kind], 0);
  return rest > 0 ? [ratio.mono / rest, ratio.cross / rest, ratio.multi / rest] : [1 / 3, 1 / 3, 1 / 3];
}

/** The three kinds at `shares` of what the others leave, in whole per cent. */
export function withShares(ratio: Ratio, [mono, cross, multi]: Shares): Ratio {
  const rest = shareOfThree(ratio);
  return inPercent({ ...ratio, mono: mono * rest, cross: cross * rest, multi: multi * rest });
}

/**
 * One kind at `percent`; the others give or take in proportion to what they have, or `mono` (for mono: `cross`) alone
 * where they have nothing. Always sums to 100.
 */
export function withPercent(ratio: Ratio, kind: BatchKind, percent: number): Ratio {
  const wanted = Math.min(100, Math.max(0, Math.round(percent))) / 100;
  const others = 1 - ratio[kind];
  const heir = kind === "mono" ? "cross" : "mono";
  const scaled = eachKind((other) => {
    if (other === kind) return wanted;
    const part = others > 0 ? ratio[other] / others : other === heir ? 1 : 0;
    return part * (1 - wanted);
  });
  // The asked-for kind is whole already, so it keeps its number and rounding moves the others only.
  return inPercent(scaled);
}

/** A mix, and the kinds whose per cent a person typed one after the other, oldest first. */
export interface TypedMix {
  readonly ratio: Ratio;
  readonly typed: readonly BatchKind[];
}

/**
 * As `withPercent`, but kinds typed before keep what was typed, as far as the others can give or take: 70, 20 and 10 come out as
 * typed, in any order. Where they cannot, the oldest one is let go.
 */
export function withTyped({ ratio, typed }: TypedMix, kind: BatchKind, percent: number): TypedMix {
  const wanted = Math.min(100, Math.max(0, Math.round(percent))) / 100;
  const shareOf = (kinds: readonly BatchKind[]) => kinds.reduce((sum, other) => sum + ratio[other], 0);
  for (let kept = typed.filter((other) => other !== kind); kept.length > 0; kept = kept.slice(1)) {
    const free = BATCH_KINDS.filter((other) => other !== kind && !kept.includes(other));
    const [there, left] = [shareOf(free), 1 - wanted - shareOf(kept)];
    if (left < -1e-9 || (there < 1e-9 && left > 1e-9)) continue;
    const parts = eachKind((other) => {
      if (other === kind) return wanted;
      return free.includes(other) && there > 0 ? (ratio[other] * left) / there : ratio[other];
    });
    return { ratio: inPercent(parts), typed: [...kept, kind] };
  }
  return { ratio: withPercent(ratio, kind, percent), typed: [kind] };
}

/** Moves `amount` (share of all steps) towards a corner, or away from it, and stops at the edge. */
export function moveTowards(ratio: Ratio, kind: (typeof CORNERS)[number], amount: number): Ratio {
  const rest = shareOfThree(ratio);
  const percent = Math.round((ratio[kind] + amount) * 100);
  return withPercentOfThree(ratio, kind, Math.min(Math.round(rest * 100), Math.max(0, percent)));
}

/** As `withPercent`, but only the three give and take. */
function withPercentOfThree(ratio: Ratio, kind: (typeof CORNERS)[number], percent: number): Ratio {
  const rest = shareOfThree(ratio);
  if (rest <= 0) return ratio;
  const inner = withPercent(
    eachKind((one) => (isCorner(one) ? ratio[one] / rest : 0)),
    kind,
    percent / rest,
  );
  return withShares(ratio, [inner.mono, inner.cross, inner.multi]);
}

/** "50 % mono, 50 % cross" */
export function mixText(ratio: Ratio): string {
  const percents = wholePercents(ratio);
  return BATCH_KINDS.filter((kind) => percents[kind] > 0)
    .map((kind) => `${percents[kind]} % ${kindFacts(kind).short.toLowerCase()}`)
    .join(", ");
}
