// Measures of one query from the ranks of its relevant candidates. Never ranks anything itself.

/**
 * Average precision, uncut: AP = (1/R) * sum over relevant ranks r of hits(r)/r.
 *
 * @param ranks of the relevant candidates in one pool, ascending, from 1, all R of them
 * @param nRelevant R; only the first R entries are read, so a scratch buffer can be passed
 * @returns AP in (0, 1]
 * @throws RangeError if R = 0: AP is undefined there, and 0 would drag the mean down
 */
export function averagePrecision(ranks: ArrayLike<number>, nRelevant = ranks.length): number {
  if (nRelevant === 0) throw new RangeError("averagePrecision: no relevant candidate");
  let sum = 0;
  for (let i = 0; i < nRelevant; i++) sum += (i + 1) / ranks[i]!;
  return sum / nRelevant;
}

/**
 * Recall@K: the fraction of the R relevant candidates with rank <= K.
 *
 * @param ranks as in `averagePrecision`
 * @returns in [0, 1]; at most K/R, so recall@1 of a query with two relevant passages is at most 0.5
 * @throws RangeError if R = 0
 */
export function recallAt(cut: number, ranks: ArrayLike<number>, nRelevant = ranks.length): number {
  if (nRelevant === 0) throw new RangeError("recallAt: no relevant candidate");
  let hits = 0;
  while (hits < nRelevant && ranks[hits]! <= cut) hits++;
  return hits / nRelevant;
}

/**
 * Reciprocal rank, cut: 1/r of the best relevant candidate, 0 beyond K (Voorhees 1999; MRR@10 of MS MARCO).
 *
 * @param ranks as in `averagePrecision`
 * @returns in [0, 1]
 * @throws RangeError if R = 0
 */
export function reciprocalRankAt(cut: number, ranks: ArrayLike<number>, nRelevant = ranks.length): number {
  if (nRelevant === 0) throw new RangeError("reciprocalRankAt: no relevant candidate");
  return ranks[0]! <= cut ? 1 / ranks[0]! : 0;
}

/**
 * nDCG@K, linear gain: sum over relevant ranks r <= K of grade/log2(r + 1), divided by that of the ideal order, in which
 * the R passages stand at 1 to R by falling grade. trec_eval's ndcg_cut_K on the same ranking.
 *
 * @param ranks as in `averagePrecision`
 * @param grades from 1, of the passages at those ranks; left out: 1 for all
 * @returns in [0, 1]
 * @throws RangeError if R = 0
 */
export function ndcgAt(
  cut: number,
  ranks: ArrayLike<number>,
  nRelevant = ranks.length,
  grades?: Uint8Array,
): number {
  if (nRelevant === 0) throw new RangeError("ndcgAt: no relevant candidate");
  let gain = 0;
  for (let i = 0; i < nRelevant && ranks[i]! <= cut; i++) {
    gain += (grades ? grades[i]! : 1) / Math.log2(ranks[i]! + 1);
  }
  const best = grades?.slice(0, nRelevant).sort(); // numbers, ascending
  let ideal = 0;
  for (let rank = 1; rank <= Math.min(cut, nRelevant); rank++) {
    ideal += (best ? best[nRelevant - rank]! : 1) / Math.log2(rank + 1);
  }
  return gain / ideal;
}
