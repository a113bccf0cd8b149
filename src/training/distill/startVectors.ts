// Start vectors of all pieces: a random direction each, turned towards those of its English translations. Trains nothing.
import type { Random } from "../../core/random.ts";
import type { Alignment } from "./wordAlignment.ts";

/** What one language says about its pieces. */
export interface AlignedLanguage {
  readonly weight: number; // of this language's evidence about a piece that others have too
  readonly alignment: Alignment;
  readonly counts: Float64Array; // (V) sentence pairs in which the piece occurs
}

/**
 * (V, D) row f = m + sqrt(1 - |m|^2) r_f, where r are random directions of unit length, each piece's forked by its id, and
 * m = strength * sum_e p(e | f) r_e, cut to unit length. p(e | f) = the share of f's sentences in which e translates it, over
 * all languages by weight, with English pieces translating themselves; one more sentence per language is counted, so
 * that what was seen once or twice is believed less. In English, pieces stay near-orthogonal, so words still match
 * words; elsewhere a piece keeps its own direction as far as no translation is known.
 *
 * @param english (V) occurrences that stand for themselves, already weighted
 */
export function startVectors(
  languages: readonly AlignedLanguage[],
  english: Float64Array,
  { width, strength, random }: { readonly width: number; readonly strength: number; readonly random: Random },
): Float32Array {
  const pieces = english.length; // V
  const own = directions(pieces, width, random);
  const total = english.slice();
  const mixed = new Float64Array(pieces * width);
  const add = (piece: number, other: number, amount: number) => {
    for (let d = 0; d < width; d++) mixed[piece * width + d]! += amount * own[other * width + d]!;
  };
  english.forEach((amount, piece) => (amount > 0 ? add(piece, piece, amount) : undefined));
  for (const { weight, alignment, counts } of languages) {
    counts.forEach((n, piece) => (total[piece]! += n > 0 ? weight * (n + 1) : 0));
    alignment.counts.forEach((n, i) => add(alignment.source[i]!, alignment.target[i]!, weight * n));
  }
  const vectors = new Float32Array(pieces * width);
  for (let piece = 0; piece < pieces; piece++) {
    const at = piece * width;
    const m = mixed.subarray(at, at + width);
    const size = total[piece]! > 0 ? (strength * Math.hypot(...m)) / total[piece]! : 0;
    const scale = total[piece]! > 0 ? strength / total[piece]! / Math.max(1, size) : 0;
    const rest = Math.sqrt(Math.max(0, 1 - size * size));
    for (let d = 0; d < width; d++) vectors[at + d] = scale * m[d]! + rest * own[at + d]!;
  }
  return vectors;
}

/** (pieces, width) random unit vectors. */
export function directions(pieces: number, width: number, random: Random): Float64Array {
  const rows = new Float64Array(pieces * width);
  for (let piece = 0; piece < pieces; piece++) {
    const draw = random.fork(piece);
    const row = rows.subarray(piece * width, (piece + 1) * width);
    for (let d = 0; d < width; d++) row[d] = draw.normal();
    const size = Math.hypot(...row);
    for (let d = 0; d < width; d++) row[d]! /= size;
  }
  return rows;
}
