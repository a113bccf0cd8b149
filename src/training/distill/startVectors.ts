// Start vectors of all pieces: a random direction each, turned towards those of its English translations. Trains nothing.
import type { Random } from "../../core/random.ts";
import type { Translations } from "./translations.ts";

/**
 * (V, D) row f = m + sqrt(1 - |m|^2) r_f, where r are random directions of unit length, each piece's forked by its id, and
 * m = strength * sum_e p(e | f) sqrt(w_e) r_e, cut to unit length. English pieces stay near-orthogonal, so words still match
 * words; a piece of another language keeps its own direction as far as no translation is known. Common pieces stand beside
 * everything in some sentence, so they are believed less.
 */
export function startVectors(
  { offsets, targets, shares }: Translations,
  weights: Float32Array, // (V) of pieces, in (0, 1]: less for common ones
  { width, strength, random }: { readonly width: number; readonly strength: number; readonly random: Random },
): Float32Array {
  const pieces = offsets.length - 1; // V
  const own = directions(pieces, width, random);
  const vectors = new Float32Array(pieces * width);
  const m = new Float64Array(width);
  for (let piece = 0; piece < pieces; piece++) {
    m.fill(0);
    for (let i = offsets[piece]!; i < offsets[piece + 1]!; i++) {
      const at = targets[i]! * width;
      const pull = strength * shares[i]! * Math.sqrt(weights[targets[i]!]!);
      for (let d = 0; d < width; d++) m[d]! += pull * own[at + d]!;
    }
    const size = Math.hypot(...m);
    const scale = 1 / Math.max(1, size);
    const rest = Math.sqrt(Math.max(0, 1 - size * size));
    const at = piece * width;
    for (let d = 0; d < width; d++) vectors[at + d] = scale * m[d]! + rest * own[at + d]!;
  }
  return vectors;
}

/** (pieces, width) random unit vectors. */
export function directions(pieces: number, width: number, random: Random): Float32Array {
  const rows = new Float32Array(pieces * width);
  for (let piece = 0; piece < pieces; piece++) {
    const draw = random.fork(piece);
    const row = Float64Array.from({ length: width }, () => draw.normal());
    const size = Math.hypot(...row);
    for (let d = 0; d < width; d++) rows[piece * width + d] = row[d]! / size;
  }
  return rows;
}
