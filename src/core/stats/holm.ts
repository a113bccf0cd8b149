// Holm's correction: p-values of several languages that stand together, so that one chance finding in twenty stays one.

/**
 * Adjusted p-values (Holm 1979): with p(1) <= ... <= p(m), the i-th becomes the largest of min(1, (m - j + 1) p(j))
 * over j <= i. Below 0.05 in all rejected ones: the chance of any false rejection is at most 0.05.
 *
 * @param p in [0, 1], any order
 * @returns in the order of `p`
 */
export function holmAdjusted(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => p[a]! - p[b]!);
  const adjusted = p.map(() => 1);
  let highest = 0;
  order.forEach((at, i) => {
    highest = Math.max(highest, Math.min(1, (p.length - i) * p[at]!));
    adjusted[at] = highest;
  });
  return adjusted;
}
