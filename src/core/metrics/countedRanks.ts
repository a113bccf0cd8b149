// Turns what a device counted for a block of queries into ranks, best first. Distrusts the counts; sums nothing up.
import { notANumber } from "./notANumber.ts";
import type { EvalSet } from "./evaluation.ts";

/** Ranks from 1 of one query's relevant passages. */
export interface RankedRow {
  readonly nRelevant: number; // R of that query
  /** (>= R) pool indices of the relevant passages, best first. */
  readonly passages: Int32Array;
  /** (>= R) grade of each. */
  readonly grades: Uint8Array;
  /** (>= R) rank of each in the pool of all languages, ascending. */
  readonly ranks: Int32Array;
  /** (>= R) rank of each in the pool of its own language, ascending within a language. */
  readonly ranksOwn: Int32Array;
  /** Passages of the query's own language among the best min(10, N). */
  readonly topSameLanguage: number;
}

/** What a device counted for a block of queries. */
export interface BlockRanks {
  /** (relevant passages of the block, 2) candidates that outrank each: of the whole pool, and of its own language. */
  readonly above: Float32Array;
  /** (queries) passages of the query's own language among the best min(10, N); -1 = a score was not a number. */
  readonly topSameLanguage: Float32Array;
}

/**
 * The block's queries in order; buffers are reused from one to the next.
 *
 * @throws RangeError on a wrong length, a count that cannot be, two passages of one rank; InputError on a score that was no number
 */
export function* rankedRows(
  set: EvalSet,
  firstQuery: number,
  nQueries: number,
  { above, topSameLanguage }: BlockRanks,
): Generator<RankedRow> {
  const { relevantOffsets, relevant, grades: given, passageLangs } = set;
  const start = relevantOffsets[firstQuery]!;
  const expected = 2 * (relevantOffsets[firstQuery + nQueries]! - start);
  if (above.length !== expected || topSameLanguage.length !== nQueries) {
    throw new RangeError(
      `addRanks: got ${above.length} counts and ${topSameLanguage.length} shares for ${nQueries} queries, ` +
        `must be ${expected} and ${nQueries}`,
    );
  }
  let room = 16;
  const numbers = () => new Int32Array(room);
  let [passages, ranks, ranksOwn, grades] = [numbers(), numbers(), numbers(), new Uint8Array(room)];
  for (let q = firstQuery; q < firstQuery + nQueries; q++) {
    const share = topSameLanguage[q - firstQuery]!;
    if (!(share >= 0)) {
      throw notANumber(`A score of query ${q}`);
    }
    const first = relevantOffsets[q]!;
    const nRelevant = relevantOffsets[q + 1]! - first;
    if (nRelevant > room) {
      room = 2 * nRelevant;
      [passages, ranks, ranksOwn, grades] = [numbers(), numbers(), numbers(), new Uint8Array(room)];
    }
    for (let i = 0; i < nRelevant; i++) {
      const at = 2 * (first + i - start);
      const rank = above[at]! + 1;
      const own = above[at + 1]! + 1;
      if (
        !Number.isInteger(own) ||
        !Number.isInteger(rank) ||
        own < 1 ||
        own > rank ||
        rank > passageLangs.length
      ) {
        throw new RangeError(
          `addRanks: passage ${relevant[first + i]} of query ${q} cannot have rank ${rank} and ${own} in its language`,
        );
      }
      let place = i; // insertion sort: R is small
      for (; place > 0 && ranks[place - 1]! > rank; place--) {
        passages[place] = passages[place - 1]!;
        ranks[place] = ranks[place - 1]!;
        ranksOwn[place] = ranksOwn[place - 1]!;
        grades[place] = grades[place - 1]!;
      }
      if (place > 0 && ranks[place - 1] === rank) {
        throw new RangeError(`addRanks: query ${q} has two relevant passages of rank ${rank}`);
      }
      passages[place] = relevant[first + i]!;
      ranks[place] = rank;
      ranksOwn[place] = own;
      grades[place] = given ? given[first + i]! : 1;
    }
    const row = { passages, grades, ranks, ranksOwn };
    const left = leftOutOf(set, q);
    const n = left.size > 0 ? takeOut(row, nRelevant, left, passageLangs) : nRelevant;
    yield { ...row, nRelevant: n, topSameLanguage: share };
  }
}

const NONE: ReadonlySet<number> = new Set();

/** Passages that are known for this query only to be taken out of its ranking. */
export function leftOutOf(
  { relevant, relevantOffsets, leftOut }: EvalSet,
  query: number,
): ReadonlySet<number> {
  if (!leftOut) return NONE;
  const from = relevantOffsets[query]!;
  const own = relevant.subarray(from, relevantOffsets[query + 1]);
  return new Set(own.filter((_, i) => leftOut[from + i] === 1));
}

/** Takes passages out of a ranking, in place: whoever stands behind one moves up. @returns how many are left */
function takeOut(
  { passages, grades, ranks, ranksOwn }: Pick<RankedRow, "passages" | "grades" | "ranks" | "ranksOwn">,
  nRelevant: number,
  left: ReadonlySet<number>,
  passageLangs: Uint16Array,
): number {
  const goneOf = new Map<number, number>(); // language -> taken out so far
  let gone = 0;
  let kept = 0;
  for (let i = 0; i < nRelevant; i++) {
    const passage = passages[i]!;
    const lang = passageLangs[passage]!;
    const goneHere = goneOf.get(lang) ?? 0;
    if (left.has(passage)) {
      gone++;
      goneOf.set(lang, goneHere + 1);
      continue;
    }
    passages[kept] = passage;
    grades[kept] = grades[i]!;
    ranks[kept] = ranks[i]! - gone;
    ranksOwn[kept++] = ranksOwn[i]! - goneHere;
  }
  return kept;
}
