// The rows a bag begins with: the teacher's vector of each piece, shorter the commoner the piece is. Trains nothing.
import { groupBy } from "../../core/groupBy.ts";
import { inverseFrequency } from "../distill/pieceWeights.ts";
import { scaleToUnit } from "./targets.ts";
import { copyVector, type Vectors } from "./vectorFile.ts";

/** Fewer pieces of a language have no mean of their own. */
const FEWEST = 30;

/** Whose mean is subtracted from a piece's vector. */
export interface PieceGroups {
  /** (V) group of each piece; -1: the mean of all. */
  readonly of: Int32Array;
  /** ids whose rows are zero, and whose vectors are in no mean */
  readonly special: ReadonlySet<number>;
}

/**
 * (V, D) row of a piece = unit(t - m) * a / (a + share), where t is the teacher's vector of the piece as a text and m the
 * mean of its group, or of all t where that has fewer than 30. A special token's row is zero: it stands in no text, and the
 * unknown piece says nothing.
 *
 * @param shares (V) of each piece in running text
 */
export function startRows(
  vectors: Vectors,
  shares: Float64Array,
  a: number,
  { of, special }: PieceGroups,
): Float32Array {
  const { count, width } = vectors;
  const rows = new Float32Array(count * width);
  const all = Array.from({ length: count }, (_, piece) => piece).filter((piece) => !special.has(piece));
  for (const piece of all) copyVector(vectors, piece, rows, piece * width);
  const groups = groupBy(all, (piece) => of[piece]!);
  const mean = meanOf(rows, width, all);
  const weights = inverseFrequency(shares, a);
  for (const [group, pieces] of groups) {
    const own = group < 0 || pieces.length < FEWEST ? mean : meanOf(rows, width, pieces);
    for (const piece of pieces) {
      const row = rows.subarray(piece * width, (piece + 1) * width);
      for (let d = 0; d < width; d++) row[d]! -= own[d]!;
      scaleToUnit(row);
      for (let d = 0; d < width; d++) row[d]! *= weights[piece]!;
    }
  }
  return rows;
}

function meanOf(rows: Float32Array, width: number, pieces: readonly number[]): Float64Array {
  const mean = new Float64Array(width);
  for (const piece of pieces) {
    for (let d = 0; d < width; d++) mean[d]! += rows[piece * width + d]! / pieces.length;
  }
  return mean;
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
