// Language bias as a distance: how far apart a query's parallel passages lie in the pool of all languages.

/**
 * Max - min rank of a query's R relevant passages (METHOD 2). Lower is better; R - 1 when they stand together.
 *
 * @param ranks ascending, from 1, in the pool of all languages
 * @throws RangeError if R < 2: one passage has no distance, and 0 would flatter the mean
 */
export function rankDistance(ranks: ArrayLike<number>, nRelevant = ranks.length): number {
  if (nRelevant < 2) {
    throw new RangeError(`rankDistance: needs at least 2 relevant candidates, got ${nRelevant}`);
  }
  return ranks[nRelevant - 1]! - ranks[0]!;
}

/**
 * Expected rank distance of a random ranking: (N + 1)(R - 1)/(R + 1), exactly.
 * By symmetry R draws without replacement cut 1..N into R + 1 gaps of equal mean (N + 1)/(R + 1), and R - 1
 * of the gaps lie between the first and the last. The N(R - 1)/(R + 1) of METHOD 2 is the same to 1 in N.
 */
export function expectedRankDistance(nPool: number, nRelevant: number): number {
  if (nRelevant < 2 || nPool < nRelevant) {
    throw new RangeError(`expectedRankDistance: needs 2 <= R <= N, got R = ${nRelevant}, N = ${nPool}`);
  }
  return ((nPool + 1) * (nRelevant - 1)) / (nRelevant + 1);
}
