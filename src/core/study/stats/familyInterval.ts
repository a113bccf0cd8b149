// Intervals that say what the family's test says: the differences that sign flips do not rule out. Judges nothing.
import { stepDown, type Look } from "./maxT.ts";
import { createSignPatterns } from "./signPatterns.ts";

export interface FamilyInterval {
  readonly low: number;
  readonly high: number;
}

/** Differences this near to each other, as a share of the largest, are equal but for rounding. */
const ROUNDED = 1e-12;
/** A cell's spread, as a share of its family's, below which its ends are not searched any finer: numbers end there. */
const NARROWEST = 1e-6;

/** An end is known to this share of the spread of the cell's own differences. */
const FINE = 2 ** -12;

/**
 * Per cell all values v for which MaxT does not reject "the cell differs from the control by v", the same v asked of every
 * cell. For one cell and one look that is Hartigan's interval between two of the 2^n - 1 means of subsets (1969; with six
 * seeds from the least to the largest difference). 0 lies outside just where MaxT finds a difference.
 *
 * @returns undefined where no value could be rejected: fewer than six seeds at alpha .05
 */
export function familyIntervals(
  cells: readonly (readonly number[])[],
  looks: readonly Look[],
): (FamilyInterval | undefined)[] {
  const n = looks.at(-1)?.n ?? 0;
  const spreadOf = (d: readonly number[]) => Math.max(...d) - Math.min(...d);
  const largest = Math.max(...cells.flat().map(Math.abs));
  const spread = spreadOf(cells.flat());
  const reach = spread > ROUNDED * largest ? spread : largest;
  const rejects = shiftedTest(cells, looks, reach);
  return cells.map((d, k) => {
    const mean = d.reduce((sum, x) => sum + x, 0) / n;
    if (reach === 0) return { low: mean, high: mean };
    const own = Math.max(spreadOf(d), NARROWEST * reach);
    const end = (direction: 1 | -1) => {
      if (!rejects(k, mean + direction * 2 ** 10 * reach)) return undefined;
      let inside = 0;
      let outside = own;
      while (outside < 2 ** 10 * reach && !rejects(k, mean + direction * outside))
        [inside, outside] = [outside, 2 * outside];
      while (outside - inside > FINE * own) {
        const middle = (inside + outside) / 2;
        if (rejects(k, mean + direction * middle)) outside = middle;
        else inside = middle;
      }
      return mean + direction * outside;
    };
    const [low, high] = [end(-1), end(1)];
    if (low === undefined || high === undefined) return undefined;
    // At 0, where the words are decided, the test itself and not the search for an end.
    if (!rejects(k, 0)) return { low: Math.min(low, 0), high: Math.max(high, 0) };
    return mean > 0 ? { low: Math.max(low, 0), high } : { low, high: Math.min(high, 0) };
  });
}

/** Whether MaxT of all cells less `value` rejects cell k. Sums of shifted differences are shifted sums: they are made once. */
function shiftedTest(cells: readonly (readonly number[])[], looks: readonly Look[], reach: number) {
  const n = looks.at(-1)?.n ?? 0;
  const patterns = createSignPatterns(n, true);
  const ones = looks.map((look) => patterns.sums(new Float64Array(n).fill(1), look.n));
  const sums = looks.map((look) => cells.map((d) => patterns.sums(d, look.n)));
  const measures = sums.map((own) => own.map(() => new Float64Array(patterns.count)));
  return (k: number, value: number): boolean => {
    measures.forEach((own, l) => {
      own.forEach((measure, cell) => {
        const sum = sums[l]![cell]!;
        for (let i = 0; i < measure.length; i++) measure[i] = Math.abs(sum[i]! - value * ones[l]![i]!);
      });
    });
    return stepDown(measures, looks, 1e-12 * n * (reach + Math.abs(value))).rejectedAt[k] !== undefined;
  };
}
