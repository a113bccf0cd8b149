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
 *   own = unit(t - m);   with = unit(own + own of the pivot's text of the same concept and set)
 *   target = unit(with + together · unit(sum of `with` over all texts of that concept))
 *
 * and own alone where there is no pivot or it has no such text. m is the mean of t over the texts of the list's language and
 * kind, or over all texts, or 0.
 */
export function createTargets(
  { centre, pivot, together }: TargetRecipe,
  lists: readonly TaughtList[],
): Targets {
  const { width } = lists[0]!.vectors;
  const groupOf = ({ lang, kind }: TextList) => (centre === "language" ? `${lang} ${kind}` : "");
  const centres = centre === "nothing" ? undefined : meansOf(lists, groupOf, width);
  const nameOf = ({ list, at }: TextPlace) => `${lists[list]!.set} ${lists[list]!.texts[at]!.concept}`;
  const pivots = new Map<string, TextPlace>();
  lists.forEach(({ lang, texts }, list) => {
    if (lang === pivot) texts.forEach((_, at) => pivots.set(nameOf({ list, at }), { list, at }));
  });
  const own = ({ list, at }: TextPlace, target: Float32Array) => {
    const of = lists[list]!;
    copyVector(of.vectors, at, target, 0);
    const mean = centres?.get(groupOf(of));
    if (mean) for (let d = 0; d < width; d++) target[d]! -= mean[d]!;
    scaleToUnit(target);
  };
  const other = new Float32Array(width);
  const withPivot = (place: TextPlace, target: Float32Array) => {
    own(place, target);
    const there = pivots.get(nameOf(place));
    if (!there) return;
    own(there, other);
    addTo(target, other, 1);
  };
  const met = together > 0 ? meetings(lists, nameOf, withPivot, width) : undefined;
  return {
    width,
    of(places) {
      const all = new Float32Array(places.length * width);
      places.forEach((place, i) => {
        const target = all.subarray(i * width, (i + 1) * width);
        withPivot(place, target);
        if (met) addTo(target, met.get(nameOf(place))!, together);
      });
      return all;
    },
  };
}

/** The unit vector that the targets of a concept's texts have in the middle, by its name. */
function meetings(
  lists: readonly TaughtList[],
  nameOf: (place: TextPlace) => string,
  targetOf: (place: TextPlace, target: Float32Array) => void,
  width: number,
): Map<string, Float32Array> {
  const sums = new Map<string, Float32Array>();
  const target = new Float32Array(width);
  lists.forEach(({ texts }, list) =>
    texts.forEach((_, at) => {
      const name = nameOf({ list, at });
      const sum = sums.get(name) ?? new Float32Array(width);
      sums.set(name, sum);
      targetOf({ list, at }, target);
      for (let d = 0; d < width; d++) sum[d]! += target[d]!;
    }),
  );
  for (const sum of sums.values()) scaleToUnit(sum);
  return sums;
}

/** target = unit(target + weight · other), in place */
function addTo(target: Float32Array, other: Float32Array, weight: number): void {
  for (let d = 0; d < target.length; d++) target[d]! += weight * other[d]!;
  scaleToUnit(target);
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
