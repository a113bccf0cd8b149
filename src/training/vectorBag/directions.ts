// The directions of a table's rows and how strong each is; the table in the strongest of them alone. Trains nothing.
import { EigenvalueDecomposition, Matrix } from "ml-matrix";

export interface Directions {
  readonly strengths: readonly number[]; // (D) sum of the rows' squares along each, in no order
  readonly directions: Matrix; // (D, D) a unit column each
}

/** Of the rows (V, D), about zero: E'E = Q diag(w) Q'. */
export function directionsOf(rows: Float32Array, width: number): Directions {
  const squares = Matrix.zeros(width, width);
  const sums = Array.from({ length: width }, () => new Float64Array(width));
  for (let at = 0; at < rows.length; at += width) {
    for (let i = 0; i < width; i++) {
      const x = rows[at + i]!;
      if (x === 0) continue;
      const sum = sums[i]!;
      for (let j = i; j < width; j++) sum[j]! += x * rows[at + j]!;
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      squares.set(i, j, sums[i]![j]!);
      squares.set(j, i, sums[i]![j]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(squares, {
    assumeSymmetric: true,
  });
  return { strengths: realEigenvalues, directions: eigenvectorMatrix };
}

/** (V, kept) the rows along the `kept` strongest of their directions, the strongest first: no other plane keeps more of their squares. */
export function strongestDirections(rows: Float32Array, width: number, kept: number): Float32Array {
  const { strengths, directions } = directionsOf(rows, width);
  const order = strengths.map((_, k) => k).sort((a, b) => strengths[b]! - strengths[a]!);
  const columns = order.slice(0, kept).map((k) => directions.getColumn(k));
  const out = new Float32Array((rows.length / width) * kept);
  for (let row = 0; row * width < rows.length; row++) {
    columns.forEach((column, k) => {
      let sum = 0;
      for (let d = 0; d < width; d++) sum += rows[row * width + d]! * column[d]!;
      out[row * kept + k] = sum;
    });
  }
  return out;
}
