// How things that share a chart are told apart: a colour, a dash and a mark by number. Knows no run and no metric.

export const MARKERS = ["circle", "square", "triangle", "diamond", "plus", "wedge", "cross"] as const;
export type Marker = (typeof MARKERS)[number];
export const DASHES = [undefined, "8 4", "2 3", "10 3 2 3"] as const;
export const COLOURS = 9; // var(--series-1) to var(--series-9)

export interface LineLook {
  readonly colour: string; // a CSS colour, from a token
  readonly dash?: string | undefined; // of an SVG stroke
  readonly marker?: Marker | undefined; // along the line and at its end
}

/** Colour of a run or language by its number, the same everywhere. */
export const seriesColour = (i: number) => `var(--series-${(i % COLOURS) + 1})`;

/**
 * The look of a number, the same everywhere. 9, 4 and 7 have no common divisor: neighbours differ in all three, any 28 in a
 * row differ without their colour, and only the 252nd looks like the first.
 */
export const lineLook = (i: number): LineLook & { readonly marker: Marker } => ({
  colour: seriesColour(i),
  dash: DASHES[i % DASHES.length],
  marker: MARKERS[i % MARKERS.length]!,
});
export const LOOKS = COLOURS * DASHES.length * MARKERS.length;

type Corner = readonly [x: number, y: number];
const PLUS: readonly Corner[] = [
  [-0.4, -1.25],
  [0.4, -1.25],
  [0.4, -0.4],
  [1.25, -0.4],
  [1.25, 0.4],
  [0.4, 0.4],
  [0.4, 1.25],
  [-0.4, 1.25],
  [-0.4, 0.4],
  [-1.25, 0.4],
  [-1.25, -0.4],
  [-0.4, -0.4],
];
const turned = ([x, y]: Corner): Corner => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2];
/** In radii, around 0. */
const CORNERS: Readonly<Record<Exclude<Marker, "circle">, readonly Corner[]>> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: [
    [0, -1.3],
    [1.25, 0.9],
    [-1.25, 0.9],
  ],
  wedge: [
    [0, 1.3],
    [1.25, -0.9],
    [-1.25, -0.9],
  ],
  diamond: [
    [0, -1.35],
    [1.35, 0],
    [0, 1.35],
    [-1.35, 0],
  ],
  plus: PLUS,
  cross: PLUS.map(turned),
};

/** A mark of "radius" r around a point, as an SVG path; all are of about one size to the eye. */
export function markerPath(marker: Marker, x: number, y: number, r: number): string {
  if (marker === "circle") return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  return `M${CORNERS[marker].map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join("L")}z`;
}
