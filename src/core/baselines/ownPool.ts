// One language of an evaluation by itself: its queries among its own passages. Ranks nothing.
import type { EvalSet } from "../metrics/evaluation.ts";

export interface OwnPool {
  readonly set: EvalSet;
  readonly queries: readonly number[]; // their numbers in the whole set
  readonly passages: readonly number[]; // the same
}

/** @param lang index into the set's languages */
export function ownPool(whole: EvalSet, lang: number): OwnPool {
  const of = (langs: Uint16Array) => [...langs.keys()].filter((i) => langs[i] === lang);
  const [queries, passages] = [of(whole.queryLangs), of(whole.passageLangs)];
  const placeOf = new Map(passages.map((passage, place) => [passage, place]));
  const kept = queries.map((q) =>
    Array.from(
      { length: whole.relevantOffsets[q + 1]! - whole.relevantOffsets[q]! },
      (_, i) => whole.relevantOffsets[q]! + i,
    ).filter((at) => placeOf.has(whole.relevant[at]!)),
  );
  const relevantOffsets = new Int32Array(queries.length + 1);
  kept.forEach((own, q) => (relevantOffsets[q + 1] = relevantOffsets[q]! + own.length));
  const entries = kept.flat();
  const byTie = [...passages.keys()].sort(
    (a, b) => whole.tieOrder[passages[a]!]! - whole.tieOrder[passages[b]!]!,
  );
  const tieOrder = new Int32Array(passages.length);
  byTie.forEach((place, position) => (tieOrder[place] = position));
  const { grades, leftOut } = whole;
  return {
    queries,
    passages,
    set: {
      languages: [whole.languages[lang]!],
      queryLangs: new Uint16Array(queries.length),
      passageLangs: new Uint16Array(passages.length),
      relevantOffsets,
      relevant: Int32Array.from(entries, (at) => placeOf.get(whole.relevant[at]!)!),
      ...(grades && { grades: Uint8Array.from(entries, (at) => grades[at]!) }),
      ...(leftOut && { leftOut: Uint8Array.from(entries, (at) => leftOut[at]!) }),
      tieOrder,
    },
  };
}
