// Where the labels at the ends of lines stand so that none covers another. Draws nothing.

/**
 * Places at least `gap` apart between `low` and `high`, in the order of the wanted ones, the sum of squared distances from
 * those being the least there is (isotonic regression by pooling neighbours, then held inside the bounds).
 *
 * @param wanted in any order; equal ones keep theirs
 * @throws RangeError where so many do not fit
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const n = wanted.length;
  const top = high - Math.max(0, n - 1) * gap;
  if (top < low - 1e-9)
    throw new RangeError(`spreadLabels: ${n} labels need ${(n - 1) * gap}, got ${high - low}`);
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const pools: { sum: number; size: number }[] = []; // of places less what the labels before them take
  order.forEach((i, rank) => {
    let pool = { sum: wanted[i]! - rank * gap, size: 1 };
    for (let last = pools.at(-1); last && last.sum / last.size > pool.sum / pool.size; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, size: pool.size + last.size };
      pools.pop();
    }
    pools.push(pool);
  });
  const places = pools.flatMap(({ sum, size }) =>
    Array<number>(size).fill(Math.min(top, Math.max(low, sum / size))),
  );
  const spread = [...wanted];
  order.forEach((i, rank) => (spread[i] = places[rank]! + rank * gap));
  return spread;
}
