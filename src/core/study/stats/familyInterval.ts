// Intervals that say what the family's test says: the differences that sign flips do not rule out. Judges nothing.
import { maxT, type Look } from "./maxT.ts";

export interface FamilyInterval {
  readonly low: number;
  readonly high: number;
}

/** An end is known to this share of the cell's reach. */
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
  const rules = (k: number, value: number) =>
    maxT(
      cells.map((d) => d.map((x) => x - value)),
      looks,
    ).rejectedAt[k] !== undefined;
  const reach = Math.max(...cells.flat()) - Math.min(...cells.flat()) || Math.abs(cells[0]?.[0] ?? 0);
  return cells.map((d, k) => {
    const mean = d.reduce((sum, x) => sum + x, 0) / n;
    if (reach === 0) return { low: mean, high: mean };
    const end = (direction: 1 | -1) => {
      let inside = 0;
      let outside = reach;
      if (!rules(k, mean + direction * 2 ** 10 * reach)) return undefined;
      while (!rules(k, mean + direction * outside)) [inside, outside] = [outside, 2 * outside];
      while (outside - inside > FINE * reach) {
        const middle = (inside + outside) / 2;
        if (rules(k, mean + direction * middle)) outside = middle;
        else inside = middle;
      }
      return mean + direction * outside;
    };
    const [low, high] = [end(-1), end(1)];
    if (low === undefined || high === undefined) return undefined;
    // At 0, where the words are decided, the test itself and not the search for an end.
    if (!rules(k, 0)) return { low: Math.min(low, 0), high: Math.max(high, 0) };
    return mean > 0 ? { low: Math.max(low, 0), high } : { low, high: Math.min(high, 0) };
  });
}
