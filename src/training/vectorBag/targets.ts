// Where the vectors of texts should point: a teacher's, less what it says of language alone. Trains nothing.
import type { TextList } from "../../core/distill/textLists.ts";
import type { TargetRecipe } from "../../core/distill/vectorRecipe.ts";
import { copyVector, type Vectors } from "./vectorFile.ts";

/** A list of training texts with the teacher's vectors of them. */
export interface TaughtList extends TextList {
  readonly vectors: Vectors;
}

/** A text: its list, and its place there. */
export interface TextPlace {
  readonly list: number;
  readonly at: number;
}

export interface Targets {
  readonly width: number; // D
  /** (n, D) unit vectors of these texts. */
  of(places: readonly TextPlace[]): Float32Array;
}

/**
 * With t the teacher's vector of a text and m what its list is centred by:
 *
 *   own = unit(t - m);   target = unit(own + own of the pivot's text of the same concept and set)
 *
 * and own alone where there is no pivot or it has no such text. m is the mean of t over the texts of the list's language and
 * kind, or over all texts, or 0.
 */
export function createTargets({ centre, pivot }: TargetRecipe, lists: readonly TaughtList[]): Targets {
  const { width } = lists[0]!.vectors;
  const groupOf = ({ lang, kind }: TextList) => (centre === "language" ? `${lang} ${kind}` : "");
  const centres = centre === "nothing" ? undefined : meansOf(lists, groupOf, width);
  const pivots = new Map<string, TextPlace>(); // "set concept"
  lists.forEach(({ set, lang, texts }, list) => {
    if (lang === pivot) texts.forEach(({ concept }, at) => pivots.set(`${set} ${concept}`, { list, at }));
  });
  const own = ({ list, at }: TextPlace, target: Float32Array) => {
    const of = lists[list]!;
    copyVector(of.vectors, at, target, 0);
    const mean = centres?.get(groupOf(of));
    if (mean) for (let d = 0; d < width; d++) target[d]! -= mean[d]!;
    scaleToUnit(target);
  };
  return {
    width,
    of(places) {
      const all = new Float32Array(places.length * width);
      const other = new Float32Array(width);
      places.forEach((place, i) => {
        const target = all.subarray(i * width, (i + 1) * width);
        own(place, target);
        const { set, texts } = lists[place.list]!;
        const there = pivots.get(`${set} ${texts[place.at]!.concept}`);
        if (!there) return;
        own(there, other);
        for (let d = 0; d < width; d++) target[d]! += other[d]!;
        scaleToUnit(target);
      });
      return all;
    },
  };
}

/** To unit length, in place; zeros stay. */
export function scaleToUnit(vector: Float32Array): void {
  let squares = 0;
  for (const x of vector) squares += x * x;
  if (squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let d = 0; d < vector.length; d++) vector[d]! *= scale;
}

function meansOf(
  lists: readonly TaughtList[],
  groupOf: (list: TextList) => string,
  width: number,
): Map<string, Float64Array> {
  const sums = new Map<string, { sum: Float64Array; count: number }>();
  const row = new Float32Array(width);
  for (const list of lists) {
    const group = groupOf(list);
    const found = sums.get(group) ?? { sum: new Float64Array(width), count: 0 };
    sums.set(group, found);
    list.texts.forEach((_, i) => {
      copyVector(list.vectors, i, row, 0);
      for (let d = 0; d < width; d++) found.sum[d]! += row[d]!;
      found.count++;
    });
  }
  return new Map([...sums].map(([group, { sum, count }]) => [group, sum.map((x) => x / Math.max(1, count))]));
}
