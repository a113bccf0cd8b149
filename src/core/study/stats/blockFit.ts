// Least squares of any terms over cells that all ran with the same seeds, each of which moves all cells alike. Knows no term.
import { inverse, Matrix } from "ml-matrix";
import { fisherUpper } from "../../stats/distributions.ts";

export interface LackOfFit {
  readonly f: number;
  readonly df: readonly [number, number];
  readonly p: number;
}

export interface Predicted {
  readonly value: number;
  readonly se: number;
}

export interface BlockFit {
  readonly b: readonly number[]; // by term
  readonly se: readonly number[];
  readonly error: number; // pure, an SD of one run once its seed is known
  readonly df: number; // of it: (c - 1)(n - 1)
  /** Left out where the design has no cell to spare, and where nothing differs but cells and seeds: error is 0. */
  readonly lackOfFit?: LackOfFit;
  /** Of a weighted sum of b. */
  readonly at: (weights: readonly number[]) => Predicted;
}

/** What a sum of numbers may lose, as a part of the largest: a remainder below it is none. */
const ROUNDING = 16 * Number.EPSILON;

/**
 * y_cs = sum_t b_t x_ct + seed_s + error, seeds as blocks (Cornell 2002, ch. 8; NIST handbook 5.5.4). Every cell has every seed,
 * so b comes from cell means. Pure error is what seeds and cells leave: sum (y_cs - mean_c - mean_s + mean)^2 /
 * ((c - 1)(n - 1)). Lack of fit: F = (n sum (mean_c - fit_c)^2 / (c - terms)) / pure error. Standard errors hold for differences
 * between cells, with these seeds: what moves all cells of a seed alike is in none of them.
 *
 * @param terms (c, t) at least as many cells as terms; some sum of them is constant
 * @param values (c, n) by cell and seed, n >= 2
 */
export function fitBlocks(
  terms: readonly (readonly number[])[],
  values: readonly (readonly number[])[],
): BlockFit {
  const c = terms.length;
  const n = values[0]?.length ?? 0;
  const nTerms = terms[0]?.length ?? 0;
  if (nTerms === 0 || c < nTerms)
    throw new RangeError(`fitBlocks: ${nTerms} terms need as many cells, got ${c}`);
  if (n < 2 || values.length !== c || values.some((row) => row.length !== n)) {
    throw new RangeError("fitBlocks: every cell needs the same seeds, two at least");
  }
  const x = new Matrix(terms.map((row) => [...row]));
  const cellMeans = values.map(meanOf);
  const spread = spreadOf(terms);
  const b = spread.mmul(x.transpose()).mmul(Matrix.columnVector(cellMeans)).to1DArray();
  const df = (c - 1) * (n - 1);
  const largest = Math.max(...values.flat().map(Math.abs));
  const squares = pureSquares(values, cellMeans);
  const variance = squares > c * n * (ROUNDING * largest) ** 2 ? squares / df : 0;
  const at = (weights: readonly number[]): Predicted => {
    const row = Matrix.rowVector([...weights]);
    return {
      value: weights.reduce((sum, w, i) => sum + w * b[i]!, 0),
      se: Math.sqrt((row.mmul(spread).mmul(row.transpose()).get(0, 0) * variance) / n),
    };
  };
  const dfFit = c - nTerms;
  const misfit = terms.reduce((sum, row, i) => sum + (cellMeans[i]! - at(row).value) ** 2, 0);
  const f = (n * misfit) / dfFit / variance;
  return {
    b,
    se: b.map((_, i) => Math.sqrt((spread.get(i, i) * variance) / n)),
    error: Math.sqrt(variance),
    df,
    ...(dfFit > 0 &&
      variance > 0 && { lackOfFit: { f, df: [dfFit, df] as const, p: fisherUpper(f, dfFit, df) } }),
    at,
  };
}

/** (X'X)^-1 of terms (c, t): the covariance of b at unit error variance and one run a cell. */
export const spreadOf = (terms: readonly (readonly number[])[]): Matrix => {
  const x = new Matrix(terms.map((row) => [...row]));
  return inverse(x.transpose().mmul(x));
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Sum of squares that neither cells nor seeds explain. */
function pureSquares(values: readonly (readonly number[])[], cellMeans: readonly number[]): number {
  const mean = meanOf(cellMeans);
  const seedMeans = values[0]!.map((_, s) => meanOf(values.map((row) => row[s]!)));
  return values.reduce(
    (sum, row, i) => row.reduce((of, y, s) => of + (y - cellMeans[i]! - seedMeans[s]! + mean) ** 2, sum),
    0,
  );
}
