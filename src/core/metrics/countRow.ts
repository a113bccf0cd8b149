// Ranks the relevant passages of one query by counting who outranks them: one pass, no sort of the pool. Sums nothing up.
import type { EvalSet } from "./evaluation.ts";

export const TOP_CUT = 10; // of sameLanguageShare

/** Ranks from 1 of one query's relevant passages. */
export interface RankedRow {
  readonly nRelevant: number; // R of that query
  /** (>= R) pool indices of the relevant passages, best first. */
  readonly passages: Int32Array;
  /** (>= R) rank of each in the pool of all languages, ascending. */
  readonly ranks: Int32Array;
  /** (>= R) rank of each in the pool of its own language, ascending within a language. */
  readonly ranksOwn: Int32Array;
  /** Passages of the query's own language among the best min(10, N). */
  readonly topSameLanguage: number;
}

/** Holds the ranks of the query ranked last; its buffers are reused by the next `rank`. */
export interface RowRanker extends RankedRow {
  /**
   * @param row scores of this query start at `row * N` in `scores` (rows, N)
   * @throws RangeError on a NaN score, naming query and passage: a NaN would silently rank last
   */
  rank(query: number, scores: Float32Array, row: number): void;
}

/** Stretches of the pool in one language: start, end, language, three numbers each. */
function languageRuns(passageLangs: Uint16Array): Int32Array {
  const runs: number[] = [];
  for (let start = 0, i = 1; i <= passageLangs.length; i++) {
    if (i < passageLangs.length && passageLangs[i] === passageLangs[start]) continue;
    runs.push(start, i, passageLangs[start]!);
    start = i;
  }
  return Int32Array.from(runs);
}

/**
 * How it counts. Let u[0] <= u[1] <= ... be the scores of the R relevant passages, worst first. A candidate that
 * outranks exactly `p` of them outranks u[0..p-1], so `histogram[language][p]++` and, at the end, the rank of
 * u[i] is 1 + the sum of histogram[..][p] over p > i. `p` comes from a binary search without branches (a random
 * ranking would mispredict them all). Most candidates of a trained encoder score below u[0] and below the tenth
 * best: those cost two comparisons. A pool with its languages in long runs is fastest; any order is right.
 */
export function createRowRanker(set: EvalSet): RowRanker {
  const { passageLangs, queryLangs, relevant, relevantOffsets, tieOrder } = set;
  const nPool = passageLangs.length;
  const runs = languageRuns(passageLangs);
  let maxRelevant = 0;
  for (let q = 0; q + 1 < relevantOffsets.length; q++) {
    maxRelevant = Math.max(maxRelevant, relevantOffsets[q + 1]! - relevantOffsets[q]!);
  }
  const width = Math.max(16, 1 << Math.ceil(Math.log2(maxRelevant + 1))); // > R, a power of two
  const worstFirst = new Int32Array(maxRelevant);
  const thresholds = new Float64Array(width);
  const histogram = new Int32Array(set.languages.length * width);
  const passages = new Int32Array(maxRelevant);
  const ranks = new Int32Array(maxRelevant);
  const ranksOwn = new Int32Array(maxRelevant);
  const top = new Int32Array(TOP_CUT); // pool indices, best first
  const nTop = Math.min(TOP_CUT, nPool);

  const ranker = { rank, nRelevant: 0, passages, ranks, ranksOwn, topSameLanguage: 0 };
  return ranker;

  function rank(query: number, scores: Float32Array, row: number): void {
    const base = row * nPool;
    const nRelevant = sortRelevant(query, scores, base);
    const half = Math.max(8, 1 << (31 - Math.clz32(nRelevant | 1))); // first step of the search
    histogram.fill(0);
    countRuns(query, scores, base, nRelevant, half);
    ranker.nRelevant = nRelevant;
    writeRanks(nRelevant);
    ranker.topSameLanguage = 0;
    for (let i = 0; i < nTop; i++) {
      if (passageLangs[top[i]!] === queryLangs[query]) ranker.topSameLanguage++;
    }
  }

  /** Relevant passages worst first (insertion sort: R is small) and their scores, padded above with infinity. */
  function sortRelevant(query: number, scores: Float32Array, base: number): number {
    const first = relevantOffsets[query]!;
    const n = relevantOffsets[query + 1]! - first;
    for (let i = 0; i < n; i++) {
      const passage = relevant[first + i]!;
      const score = scores[base + passage]!;
      const tie = tieOrder[passage]!;
      let at = i;
      for (; at > 0; at--) {
        const other = worstFirst[at - 1]!;
        const otherScore = scores[base + other]!;
        if (otherScore < score || (otherScore === score && tieOrder[other]! > tie)) break;
        worstFirst[at] = other;
      }
      worstFirst[at] = passage;
    }
    for (let i = 0; i < n; i++) thresholds[i] = scores[base + worstFirst[i]!]!;
    thresholds.fill(Infinity, n);
    return n;
  }

  function countRuns(
    query: number,
    scores: Float32Array,
    base: number,
    nRelevant: number,
    half: number,
  ): void {
    const u = thresholds; // locals: the loop below runs Q * N times
    const counts = histogram;
    const lowest = u[0]!; // infinity where nothing is relevant
    let inTop = 0;
    let worstInTop = -Infinity; // score of the last of the top once it is full
    let gate = -Infinity; // min of both: a score below it changes nothing
    for (let r = 0; r < runs.length; r += 3) {
      const end = runs[r + 1]!;
      const bins = runs[r + 2]! * width;
      for (let i = runs[r]!; i < end; i++) {
        const score = scores[base + i]!;
        if (score < gate) continue;
        if (!(score < worstInTop)) {
          // Rare, and the only way in for a NaN, which fails every comparison.
          if (Number.isNaN(score)) {
            throw new RangeError(
              `addScores: the score of query ${query} and passage ${i} is NaN, must be a number`,
            );
          }
          inTop = enterTop(i, score, scores, base, inTop);
          if (inTop === nTop) {
            worstInTop = scores[base + top[nTop - 1]!]!;
            gate = Math.min(lowest, worstInTop);
          }
        }
        if (score < lowest) continue;
        let p = 0; // Number(true) is 1: an addition instead of a jump
        for (let step = half; step > 8; step >>= 1) p += step * Number(u[p + step - 1]! < score);
        p += Number(u[p + 7]! < score) << 3; // the last four steps unrolled: all there is for R <= 15
        p += Number(u[p + 3]! < score) << 2;
        p += Number(u[p + 1]! < score) << 1;
        p = (p + Number(u[p]! < score)) | 0;
        if (u[p] === score) p = passTies(p, i, score, nRelevant);
        counts[bins + p]!++;
      }
    }
  }

  /** Of relevant passages with the candidate's very score, it outranks those later in the descending id order. */
  function passTies(p: number, passage: number, score: number, nRelevant: number): number {
    const tie = tieOrder[passage]!;
    while (p < nRelevant && thresholds[p] === score && tie < tieOrder[worstFirst[p]!]!) p++;
    return p;
  }

  /** Inserts a candidate among the best so far, if it is one of them; returns how many are held. */
  function enterTop(
    passage: number,
    score: number,
    scores: Float32Array,
    base: number,
    held: number,
  ): number {
    let at = held;
    for (; at > 0; at--) {
      const other = top[at - 1]!;
      const otherScore = scores[base + other]!;
      if (otherScore > score || (otherScore === score && tieOrder[other]! < tieOrder[passage]!)) break;
      if (at < nTop) top[at] = other;
    }
    if (at < nTop) top[at] = passage;
    return Math.min(held + 1, nTop);
  }

  function writeRanks(nRelevant: number): void {
    for (let i = 0; i < nRelevant; i++) {
      const passage = worstFirst[i]!;
      const best = nRelevant - 1 - i;
      passages[best] = passage;
      ranks[best] = 1;
      ranksOwn[best] = 1;
    }
    for (let lang = 0; lang < set.languages.length; lang++) {
      const bins = lang * width;
      let outranking = 0;
      for (let i = nRelevant - 1; i >= 0; i--) {
        outranking += histogram[bins + i + 1]!;
        const best = nRelevant - 1 - i;
        ranks[best]! += outranking;
        if (passageLangs[passages[best]!] === lang) ranksOwn[best]! += outranking;
      }
    }
  }
}
