// Round numbers for an axis. Pure arithmetic.

/**
 * At most `most` round, evenly spaced numbers (steps of 1, 2, 2.5 or 5 times a power of ten) that cover
 * [low, high]: the first is <= low, the last >= high.
 *
 * @param most >= 2
 */
export function niceTicks(low: number, high: number, most: number): number[] {
  if (!(high >= low) || !Number.isFinite(high - low)) {
    throw new RangeError(`niceTicks: needs low <= high, got ${low} and ${high}`);
  }
  if (!(most >= 2)) throw new RangeError(`niceTicks: most must be >= 2, got ${most}`);
  const room = Math.abs(low) > 1e-6 ? Math.abs(low) : 1; // for an empty range
  const top = high > low ? high : low + room;
  const span = top - low;
  const rough = span / (most - 1);
  for (let power = 10 ** Math.floor(Math.log10(rough)); ; power *= 10) {
    for (const factor of [1, 2, 2.5, 5]) {
      const step = factor * power;
      const first = Math.floor(low / step + 1e-9);
      const last = Math.ceil(top / step - 1e-9);
      if (last - first + 1 > most) continue;
      // Multiplied and then rounded, so that 3 * 0.1 is 0.3.
      const end = Math.max(last, first + 1);
      return Array.from({ length: end - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
    }
  }
}
