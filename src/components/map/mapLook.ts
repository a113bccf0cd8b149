// How a language looks on the map, what a concept is called, and the frame both pictures share. Draws nothing.
import type { MapView } from "../../core/run/views.ts";
import { seriesColour } from "../charts/chartSeries.ts";
import { conceptEmoji } from "../words/conceptEmoji.ts";

const SHAPES = ["circle", "square", "triangle", "diamond"] as const;
export type Shape = (typeof SHAPES)[number];

/** Eight colours in four shapes tell 32 languages apart; further ones begin again. */
export function languageLook(i: number): { readonly colour: string; readonly shape: Shape } {
  return { colour: seriesColour(i), shape: SHAPES[Math.floor(i / 8) % SHAPES.length]! };
}

/** "🐝 bee": the emoji where it is one, and a name in English or else in the first language there is. */
export function conceptName(map: MapView, concept: number): string {
  const own = map.points.filter((point) => point.concept === concept);
  const english = map.languages.indexOf("en");
  const named = own.find(({ lang }) => lang === english) ?? own[0];
  const emoji = conceptEmoji(map.concepts[concept]!.id);
  const words = named?.text ?? "";
  const short = words.length > 60 ? `${words.slice(0, 59)}…` : words;
  return emoji === undefined ? short : `${emoji} ${short}`;
}

export interface Frame {
  readonly middle: readonly [number, number];
  readonly half: number; // half of the longer side, a little more than the points need
}

/** One square for both pictures, so that distances compare. */
export function frameOf({ points }: MapView): Frame {
  const all = points.flatMap(({ before, now }) => [before, now]);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const ends = [xs, ys].map((values) => [Math.min(...values), Math.max(...values)] as const);
  const [[left, right], [bottom, top]] = ends as [readonly [number, number], readonly [number, number]];
  return {
    middle: [(left + right) / 2, (bottom + top) / 2],
    half: Math.max(right - left, top - bottom, 1e-9) * 0.53,
  };
}

/** Corners of a shape of "radius" r around 0, 0 for an SVG path; circles as two arcs. */
export function shapePath(shape: Shape, x: number, y: number, r: number): string {
  switch (shape) {
    case "circle":
      return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
    case "square": {
      const side = 1.7 * r;
      return `M${x - side / 2},${y - side / 2}h${side}v${side}h${-side}z`;
    }
    case "triangle":
      return `M${x},${y - 1.3 * r}l${1.25 * r},${2.2 * r}h${-2.5 * r}z`;
    case "diamond":
      return `M${x},${y - 1.35 * r}l${1.35 * r},${1.35 * r}l${-1.35 * r},${1.35 * r}l${-1.35 * r},${-1.35 * r}z`;
  }
}
