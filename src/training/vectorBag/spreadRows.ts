// A trained table made evener: directions that all pieces share say less, and long rows are shortened. Trains nothing.
import type { FinishRecipe } from "../../core/distill/vectorRecipe.ts";
import { directionsOf } from "./directions.ts";
import { meanLength } from "./startRows.ts";

/** Directions with less than this share of the strongest one's square are not made stronger than it says. */
const LEAST = 1e-6;

/**
 * (V, D) with E the rows, E'E = Q diag(w) Q' and largest w = 1: rows of
 *
 *   S = E Q diag(w ^ (-spread / 2)) Q',   each scaled to its length ^ `lengths`, and all to the mean length that they had
 *
 * spread 0 and lengths 1 leave the rows as they are; spread 1 gives all directions one strength. Zeros stay. A bag's own
 * language needs pieces that are told apart, which training towards few directions takes away (docs/distill.md).
 */
export function spreadRows(
  rows: Float32Array,
  width: number,
  { spread, lengths }: Pick<FinishRecipe, "spread" | "lengths">,
): Float32Array {
  const turn = evening(rows, width, spread);
  const out = new Float32Array(rows.length);
  const row = new Float64Array(width);
  for (let at = 0; at < rows.length; at += width) {
    row.fill(0);
    for (let i = 0; i < width; i++) {
      const x = rows[at + i]!;
      if (x === 0) continue;
      const from = i * width;
      for (let d = 0; d < width; d++) row[d]! += x * turn[from + d]!;
    }
    let squares = 0;
    for (const x of row) squares += x * x;
    if (squares === 0) continue;
    const scale = Math.pow(squares, (lengths - 1) / 2);
    for (let d = 0; d < width; d++) out[at + d] = scale * row[d]!;
  }
  const scale = meanLength(rows, width) / (meanLength(out, width) || 1);
  return out.map((x) => scale * x);
}

/** (D, D) Q diag(w ^ (-spread / 2)) Q' */
function evening(rows: Float32Array, width: number, spread: number): Float64Array {
  const { strengths, directions: q } = directionsOf(rows, width);
  const strongest = Math.max(...strengths);
  const turn = new Float64Array(width * width);
  strengths.forEach((value, k) => {
    const gain = Math.pow(Math.max(value / strongest, LEAST), -spread / 2);
    for (let i = 0; i < width; i++) {
      const left = gain * q.get(i, k);
      for (let j = 0; j < width; j++) turn[i * width + j]! += left * q.get(j, k);
    }
  });
  return turn;
}
