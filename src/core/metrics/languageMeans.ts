// Means per language, then over languages: the one place that says how per-query values become METHOD 2's numbers.

/** Running mean of the values of one cell; a cell that received none is `null`, never 0. */
export interface MeanTable {
  add(cell: number, value: number): void;
  mean(cell: number): number | null;
  count(cell: number): number;
}

export function createMeanTable(nCells: number): MeanTable {
  const sums = new Float64Array(nCells);
  const counts = new Int32Array(nCells);
  return {
    add(cell, value) {
      sums[cell]! += value;
      counts[cell]!++;
    },
    count: (cell) => counts[cell]!,
    mean: (cell) => (counts[cell] === 0 ? null : sums[cell]! / counts[cell]!),
  };
}

/** Mean of the defined values, each weighing the same; `null` if there is none. */
export function meanDefined(values: Iterable<number | null>): number | null {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    n++;
  }
  return n === 0 ? null : sum / n;
}
