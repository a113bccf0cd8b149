// What a concept is called, and the frame both pictures share. Draws nothing.
import type { MapView } from "../../core/run/views.ts";
import { conceptEmoji } from "../words/conceptEmoji.ts";

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
