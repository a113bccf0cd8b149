// Points of the triangle of mono, cross and multi at which a mixture is measured (Scheffé 1958, 1963; NIST handbook 5.5.4).
// Pure arithmetic; says nothing of what is measured there.
import { BATCH_KINDS, ofKinds, type Ratio } from "../spec/batchKind.ts";
import type { MixtureDesign } from "./study.ts";

/** Kinds of batch that are mixed. */
export const MIXED_KINDS = ["mono", "cross", "multi"] as const;
export type MixedKind = (typeof MIXED_KINDS)[number];

type Point = readonly [mono: number, cross: number, multi: number];

/** C(q + m - 1, m) points for q = 3 kinds and shares of 1/m: (m + 1)(m + 2) / 2. */
export const latticeSize = (parts: number): number => ((parts + 1) * (parts + 2)) / 2;

/** The shares of a design's cells, pure kinds first. */
export function mixtureRatios(design: MixtureDesign): Ratio[] {
  return pointsOf(design).map(([mono, cross, multi]) =>
    ofKinds({ mono: round(mono), cross: round(cross), multi: round(multi) }),
  );
}

/** Whether a mix has kinds that the triangle lacks. */
export const isBeyondTriangle = (ratio: Ratio): boolean =>
  BATCH_KINDS.some((kind) => ratio[kind] > 0 && !MIXED_KINDS.some((mixed) => mixed === kind));

/** As far as specs keep shares. */
const round = (share: number) => Math.round(share * 1e6) / 1e6;

function pointsOf(design: MixtureDesign): Point[] {
  switch (design.kind) {
    case "lattice":
      return lattice(design.parts);
    case "centroid":
      return centroid();
    case "axial": {
      const halfWay = VERTICES.map((vertex) => blend([vertex, CENTRE]));
      return [...centroid(), ...halfWay];
    }
    default:
      return design satisfies never;
  }
}

/** Shares 0, 1/m, … 1 that sum to 1; those with fewer kinds first, in the order of kinds. */
function lattice(parts: number): Point[] {
  const points: Point[] = [];
  for (let mono = parts; mono >= 0; mono--) {
    for (let cross = parts - mono; cross >= 0; cross--) {
      points.push([mono / parts, cross / parts, (parts - mono - cross) / parts]);
    }
  }
  const kindsIn = (point: Point) => point.filter((share) => share > 0).length;
  return points.sort((a, b) => kindsIn(a) - kindsIn(b));
}

const VERTICES: readonly Point[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The even blend of each of the 2^3 - 1 = 7 sets of kinds. */
function centroid(): Point[] {
  const [mono, cross, multi] = VERTICES as [Point, Point, Point];
  return [...VERTICES, blend([mono, cross]), blend([mono, multi]), blend([cross, multi]), CENTRE];
}

const blend = (points: readonly Point[]): Point => {
  const mean = (i: 0 | 1 | 2) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  return [mean(0), mean(1), mean(2)];
};

const CENTRE = blend(VERTICES);
