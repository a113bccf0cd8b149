// Counts who outranks the relevant passages of each query, from scores that come block by block of the pool: one pass,
// no sort, and never more than one block. Sums nothing up.
import { notANumber } from "./notANumber.ts";
import type { BlockRanks } from "./countedRanks.ts";
import type { EvalSet } from "./evaluation.ts";

export const TOP_CUT = 10; // of sameLanguageShare

/** A stretch of queries or of the pool. */
export interface Stretch {
  readonly first: number;
  readonly n: number;
}

export interface BlockCounts {
  /**
   * Counts the candidates of one block for some queries: every pair of a query and a candidate exactly once, in any order.
   *
   * @param scores (queries.n, passages.n) row-major, higher is better
   * @throws RangeError on a wrong length, InputError on a NaN score, naming query and passage: a NaN would silently rank last
   */
  add(queries: Stretch, passages: Stretch, scores: Float32Array): void;
  /** What `RankCounter.addRanks` takes, once the whole pool was added for these queries. */
  ranks(queries: Stretch): BlockRanks;
}

/** Stretches of a block in one language: start, end, language, three numbers each; from 0 within the block. */
function languageRuns(langs: Uint16Array): Int32Array {
  const runs: number[] = [];
  for (let start = 0, i = 1; i <= langs.length; i++) {
    if (i < langs.length && langs[i] === langs[start]) continue;
    runs.push(start, i, langs[start]!);
    start = i;
  }
  return Int32Array.from(runs);
}

/**
 * How it counts. Let u[0] <= u[1] <= ... be the scores of a query's R relevant passages, worst first. A candidate that
 * outranks exactly `p` of them outranks u[0..p-1], so `histogram[language][p]++` and, at the end of the block, those
 * that outrank u[i] are the sum of histogram[..][p] over p > i. `p` comes from a binary search without branches (a
 * random ranking would mispredict them all). Most candidates of a trained encoder score below u[0] and below the tenth
 * best: those cost two comparisons. A pool with its languages in long runs is fastest; any order is right.
 *
 * Memory: 16 bytes a relevant passage of a query, 91 a query.
 *
 * @param relevantScores one per entry of `set.relevant`: the very score that the passage has in its block
 */
export function createBlockCounts(set: EvalSet, relevantScores: Float32Array): BlockCounts {
  const { passageLangs, queryLangs, relevant, relevantOffsets, tieOrder } = set;
  const nPool = passageLangs.length;
  const nQueries = queryLangs.length;
  const nTop = Math.min(TOP_CUT, nPool);
  const { worstFirst, maxRelevant } = sortRelevant(set, relevantScores);
  const above = new Float32Array(2 * relevant.length);

  // The best of each query so far, best first.
  const topScores = new Float32Array(nQueries * nTop);
  const topPassages = new Int32Array(nQueries * nTop);
  const topHeld = new Uint8Array(nQueries);

  // Of the query at hand.
  const width = Math.max(16, 1 << Math.ceil(Math.log2(maxRelevant + 1))); // > R, a power of two
  const thresholds = new Float64Array(width);
  const thresholdTies = new Int32Array(width);
  const histogram = new Int32Array(set.languages.length * width);

  function countRow(
    query: number,
    runs: Int32Array,
    firstPassage: number,
    scores: Float32Array,
    base: number,
  ) {
    const first = relevantOffsets[query]!;
    const nRelevant = relevantOffsets[query + 1]! - first;
    for (let i = 0; i < nRelevant; i++) {
      thresholds[i] = relevantScores[worstFirst[first + i]!]!;
      thresholdTies[i] = tieOrder[relevant[worstFirst[first + i]!]!]!;
    }
    thresholds.fill(Infinity, nRelevant);
    histogram.fill(0);
    const u = thresholds; // locals: the loop below runs Q * N times
    const counts = histogram;
    const half = Math.max(8, 1 << (31 - Math.clz32(nRelevant | 1))); // first step of the search
    const lowest = u[0]!; // infinity where nothing is relevant
    const last = query * nTop + nTop - 1;
    let worstInTop = topHeld[query] === nTop ? topScores[last]! : -Infinity; // score of the last of a full top
    let gate = Math.min(lowest, worstInTop); // a score below it changes nothing
    for (let r = 0; r < runs.length; r += 3) {
      const end = runs[r + 1]!;
      const bins = runs[r + 2]! * width;
      for (let i = runs[r]!; i < end; i++) {
        const score = scores[base + i]!;
        if (score < gate) continue;
        if (!(score < worstInTop)) {
          // Rare, and the only way in for a NaN, which fails every comparison.
          if (Number.isNaN(score)) {
            throw notANumber(`The score of query ${query} and passage ${firstPassage + i}`);
          }
          enterTop(query, firstPassage + i, score);
          if (topHeld[query] === nTop) {
            worstInTop = topScores[last]!;
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
        if (u[p] === score) {
          // Of relevant passages with the candidate's very score, it outranks those later in the tie order.
          const tie = tieOrder[firstPassage + i]!;
          while (p < nRelevant && u[p] === score && tie < thresholdTies[p]!) p++;
        }
        counts[bins + p]!++;
      }
    }
    for (let lang = 0; lang < set.languages.length; lang++) {
      let outranking = 0;
      for (let i = nRelevant - 1; i >= 0; i--) {
        outranking += histogram[lang * width + i + 1]!;
        const at = worstFirst[first + i]!;
        above[2 * at]! += outranking;
        if (passageLangs[relevant[at]!] === lang) above[2 * at + 1]! += outranking;
      }
    }
  }

  /** Inserts a candidate among the query's best so far, if it is one of them. */
  function enterTop(query: number, passage: number, score: number): void {
    const from = query * nTop;
    let at = topHeld[query]!;
    for (; at > 0; at--) {
      const otherScore = topScores[from + at - 1]!;
      const other = topPassages[from + at - 1]!;
      if (otherScore > score || (otherScore === score && tieOrder[other]! < tieOrder[passage]!)) break;
      if (at < nTop) {
        topScores[from + at] = otherScore;
        topPassages[from + at] = other;
      }
    }
    if (at < nTop) {
      topScores[from + at] = score;
      topPassages[from + at] = passage;
    }
    topHeld[query] = Math.min(topHeld[query]! + 1, nTop);
  }

  return {
    add(queries, passages, scores) {
      if (scores.length !== queries.n * passages.n) {
        throw new RangeError(
          `scores: got ${scores.length} for ${queries.n} queries, must be ${queries.n} x ${passages.n} passages`,
        );
      }
      const runs = languageRuns(passageLangs.subarray(passages.first, passages.first + passages.n));
      for (let row = 0; row < queries.n; row++) {
        countRow(queries.first + row, runs, passages.first, scores, row * passages.n);
      }
    },
    ranks({ first, n }) {
      const topSameLanguage = Float32Array.from({ length: n }, (_, row) => {
        const from = (first + row) * nTop;
        const best = topPassages.subarray(from, from + topHeld[first + row]!);
        return best.reduce((sum, p) => sum + Number(passageLangs[p] === queryLangs[first + row]), 0);
      });
      const counted = above.slice(2 * relevantOffsets[first]!, 2 * relevantOffsets[first + n]!);
      return { above: counted, topSameLanguage };
    },
  };
}

/** Per query the places of its relevant passages in `set.relevant`, worst first. */
function sortRelevant({ relevant, relevantOffsets, tieOrder }: EvalSet, scores: Float32Array) {
  const worstFirst = Int32Array.from(relevant, (_, at) => at);
  let maxRelevant = 0;
  for (let q = 0; q + 1 < relevantOffsets.length; q++) {
    const own = worstFirst.subarray(relevantOffsets[q], relevantOffsets[q + 1]);
    own.sort((a, b) => scores[a]! - scores[b]! || tieOrder[relevant[b]!]! - tieOrder[relevant[a]!]!);
    maxRelevant = Math.max(maxRelevant, own.length);
  }
  return { worstFirst, maxRelevant };
}
