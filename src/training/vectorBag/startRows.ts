// The rows a bag begins with: the teacher's vector of each piece, shorter the commoner the piece is. Trains nothing.
import { inverseFrequency } from "../distill/pieceWeights.ts";
import { scaleToUnit } from "./targets.ts";
import { copyVector, type Vectors } from "./vectorFile.ts";

/**
 * (V, D) row of a piece = unit(t - mean of all t) * a / (a + share), where t is the teacher's vector of the piece as a
 * text. A special token's row is zero: it stands in no text, and the unknown piece says nothing.
 *
 * @param shares (V) of each piece in running text
 * @param special ids whose rows are zero, and whose vectors are in no mean
 */
export function startRows(
  vectors: Vectors,
  shares: Float64Array,
  a: number,
  special: ReadonlySet<number>,
): Float32Array {
  const { count, width } = vectors;
  const rows = new Float32Array(count * width);
  const mean = new Float64Array(width);
  for (let piece = 0; piece < count; piece++) {
    if (special.has(piece)) continue;
    copyVector(vectors, piece, rows, piece * width);
    for (let d = 0; d < width; d++) mean[d]! += rows[piece * width + d]! / (count - special.size);
  }
  const weights = inverseFrequency(shares, a);
  for (let piece = 0; piece < count; piece++) {
    if (special.has(piece)) continue;
    const row = rows.subarray(piece * width, (piece + 1) * width);
    for (let d = 0; d < width; d++) row[d]! -= mean[d]!;
    scaleToUnit(row);
    for (let d = 0; d < width; d++) row[d]! *= weights[piece]!;
  }
  return rows;
}

/** Mean length of the rows that are not zero. */
export function meanLength(rows: Float32Array, width: number): number {
  let [sum, n] = [0, 0];
  for (let at = 0; at < rows.length; at += width) {
    const length = Math.hypot(...rows.subarray(at, at + width));
    if (length === 0) continue;
    sum += length;
    n++;
  }
  return n > 0 ? sum / n : 0;
}
