// Which language answers a question of another one, so that questions and answers both have the shares asked for.
// Knows no batch and no dataset.

/** How an answer's language is drawn where it must not be the question's. */
export interface PairShares {
  readonly answer: readonly number[]; // y is drawn in proportion to this, without x
  /** More than half of all: it answers every question of the others, and still less than it asks. */
  readonly foremost?: number;
}

/**
 * P(x, y) = a_x a_y for x != y (quasi-independence, Goodman 1968) with sum_y P(x, y) = share_x: then x is drawn by its share, y in
 * proportion to `a` without x, and both sides have the shares. It exists where no share is over 1/2; a language with
 * more can answer no more than the rest ask. All even: a is the shares themselves.
 *
 * @param shares summing to 1; 0 for languages that are not there
 */
export function pairShares(shares: readonly number[]): PairShares {
  const first = Math.max(...shares);
  const foremost = shares.indexOf(first);
  if (shares.every((share) => share === 0 || share === first)) return { answer: shares };
  if (first >= 0.5 - 1e-9) return { answer: shares, foremost };

  // a_x (A - a_x) = share_x with A = sum a: a_x is the smaller root, and of the foremost the larger one where only that adds up.
  const root = (total: number, share: number) => Math.sqrt(Math.max(0, total * total - 4 * share));
  const small = (total: number, share: number) => (2 * share) / (total + root(total, share));
  const sumOf = (total: number) => shares.reduce((sum, share) => sum + small(total, share), 0);
  const least = 2 * Math.sqrt(first);
  const isLarge = sumOf(least) < least;
  const largest = (total: number) => (isLarge ? (total + root(total, first)) / 2 : small(total, first));
  /** sum a - A without cancelling: A - (larger root) is the smaller one. */
  const excess = (total: number) => (isLarge ? sumOf(total) - 2 * small(total, first) : total - sumOf(total));
  let [low, high] = [least, 2 * least];
  while (excess(high) < 0) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return { answer: shares.map((share, x) => (x === foremost ? largest(high) : small(high, share))) };
}
