// Evaluates blocks of ranks as they come: METHOD 2's means over queries. Never holds more than one block.
import { averagePrecision, ndcgAt, recallAt } from "./averagePrecision.ts";
import { checkEvalSet } from "./checkEvalSet.ts";
import { TOP_CUT } from "./blockCounts.ts";
import { rankedRows, type BlockRanks, type RankedRow } from "./countedRanks.ts";
import type { EvalResult, EvalSet, LanguageResult } from "./evaluation.ts";
import { createMeanTable, meanDefined } from "./languageMeans.ts";
import { createPerQuery, type PerQuery } from "./perQuery.ts";
import { rankDistance } from "./rankDistance.ts";

export interface RankCounter {
  /**
   * Takes the next block; blocks of any size, queries in order, each once.
   *
   * @throws RangeError on a gap or overlap, a wrong length, a count that cannot be, or a score that was no number
   */
  addRanks(firstQuery: number, nQueries: number, ranks: BlockRanks): void;
  /** @throws Error while queries are missing */
  finish(): EvalResult;
  /** @throws Error while queries are missing */
  perQuery(): PerQuery;
}

/**
 * Exact evaluation from the ranks of relevant passages: O(Q + L^2) memory, whatever the pool.
 *
 * A query counts in a mean where it is defined: in the mono, cross and multi AP of a pool with at least one
 * relevant passage for it, in the rank distance with at least two. Ties follow trec_eval (`EvalSet.tieOrder`).
 *
 * @throws RangeError if the set is inconsistent
 */
export function createRankCounter(set: EvalSet): RankCounter {
  checkEvalSet(set);
  const { languages, queryLangs, passageLangs } = set;
  const nLangs = languages.length;
  const nQueries = queryLangs.length;
  const nPool = passageLangs.length;

  const ap = createMeanTable(nLangs * nLangs); // query language x passage language
  const recall1 = createMeanTable(nLangs * nLangs);
  const apMulti = createMeanTable(nLangs);
  const recall10 = createMeanTable(nLangs);
  const distance = createMeanTable(nLangs);
  const worst = createMeanTable(nLangs);
  const share = createMeanTable(nLangs);
  const ndcg10 = createMeanTable(nLangs);
  const recall100 = createMeanTable(nLangs);
  const evaluated = new Int32Array(nLangs);
  const asked = new Int32Array(nLangs);
  for (const lang of queryLangs) asked[lang]!++;
  const perQuery = createPerQuery(set);
  const ownRanks = groupByLanguage(set);
  let nextQuery = 0;

  function addRow(query: number, ranked: RankedRow): void {
    const { nRelevant, ranks } = ranked;
    if (nRelevant === 0) return;
    const lang = queryLangs[query]!;
    evaluated[lang]!++;
    const { values } = perQuery;
    values.apMulti[query] = averagePrecision(ranks, nRelevant);
    apMulti.add(lang, values.apMulti[query]);
    recall10.add(lang, recallAt(10, ranks, nRelevant));
    worst.add(lang, ranks[nRelevant - 1]!);
    values.sameLanguageShare[query] = ranked.topSameLanguage / Math.min(TOP_CUT, nPool);
    share.add(lang, values.sameLanguageShare[query]);
    if (nRelevant > 1) {
      values.rankDistance[query] = rankDistance(ranks, nRelevant);
      distance.add(lang, values.rankDistance[query]);
    }
    ownRanks(ranked, (pool, ranksInPool, n, grades) => {
      const value = averagePrecision(ranksInPool, n);
      ap.add(lang * nLangs + pool, value);
      recall1.add(lang * nLangs + pool, recallAt(1, ranksInPool, n));
      perQuery.addPool(query, pool, value);
      if (pool !== lang) return;
      values.ndcgMono[query] = ndcgAt(10, ranksInPool, n, grades);
      ndcg10.add(lang, values.ndcgMono[query]);
      recall100.add(lang, recallAt(100, ranksInPool, n));
    });
  }

  function assertNext(firstQuery: number, nRows: number): void {
    if (firstQuery === nextQuery && nRows >= 0 && firstQuery + nRows <= nQueries) return;
    throw new RangeError(
      `addRanks: got queries ${firstQuery} to ${firstQuery + nRows - 1}, next is ${nextQuery} of ${nQueries}`,
    );
  }

  function assertComplete(what: string): void {
    if (nextQuery === nQueries) return;
    throw new Error(
      `${what}: ranks of ${nQueries} queries are due, only the first ${nextQuery} have been added`,
    );
  }

  return {
    addRanks(firstQuery, nRows, ranks) {
      assertNext(firstQuery, nRows);
      for (const ranked of rankedRows(set, firstQuery, nRows, ranks)) addRow(nextQuery++, ranked);
    },

    finish() {
      assertComplete("finish");
      const langs = languages.map((_, i) => i);
      const pairs = langs.flatMap((x) => langs.filter((y) => y !== x).map((y) => x * nLangs + y));
      const crossOf = (x: number) =>
        meanDefined(langs.filter((y) => y !== x).map((y) => ap.mean(x * nLangs + y)));
      const poolShare = new Float64Array(nLangs);
      for (const lang of passageLangs) poolShare[lang]! += 1 / nPool;
      const total = evaluated.reduce((a, b) => a + b, 0);
      const languageResult = (x: number): LanguageResult => ({
        mono: ap.mean(x * nLangs + x),
        cross: crossOf(x),
        multi: apMulti.mean(x),
        rankDistance: distance.mean(x),
        sameLanguageShare: share.mean(x),
        ndcg10: ndcg10.mean(x),
        recall100: recall100.mean(x),
        queries: evaluated[x]!,
      });
      return {
        map: {
          mono: meanDefined(langs.map((x) => ap.mean(x * nLangs + x))),
          cross: meanDefined(pairs.map((pair) => ap.mean(pair))),
          multi: meanDefined(langs.map((x) => apMulti.mean(x))),
        },
        recall: {
          "recall@1/mono": meanDefined(langs.map((x) => recall1.mean(x * nLangs + x))),
          "recall@1/cross": meanDefined(pairs.map((pair) => recall1.mean(pair))),
          "recall@10/multi": meanDefined(langs.map((x) => recall10.mean(x))),
          "recall@100/mono": meanDefined(langs.map((x) => recall100.mean(x))),
        },
        ndcg: { "ndcg@10/mono": meanDefined(langs.map((x) => ndcg10.mean(x))) },
        rankDistance: meanDefined(langs.map((x) => distance.mean(x))),
        maxAtR: meanDefined(langs.map((x) => worst.mean(x))),
        sameLanguageShare: meanDefined(langs.map((x) => share.mean(x))),
        sameLanguageBase: meanDefined(langs.map((x) => (evaluated[x] === 0 ? null : poolShare[x]!))),
        perLanguage: Object.fromEntries(languages.map((name, x) => [name, languageResult(x)])),
        matrix: Object.fromEntries(
          languages.map((name, x) => [
            name,
            Object.fromEntries(languages.map((other, y) => [other, ap.mean(x * nLangs + y)])),
          ]),
        ),
        queries: total,
        skippedQueries: nQueries - total,
        skippedPairs: Object.fromEntries(
          languages.flatMap((name, x) => {
            const missed = languages
              .map((other, y) => [other, asked[x]! - ap.count(x * nLangs + y)] as const)
              .filter(([, n]) => n > 0);
            return missed.length > 0 ? [[name, Object.fromEntries(missed)]] : [];
          }),
        ),
        pool: nPool,
      };
    },

    perQuery() {
      assertComplete("perQuery");
      return perQuery.finish((x, y) => ap.mean(x * nLangs + y));
    },
  };
}

type PoolVisitor = (lang: number, ranks: Int32Array, nRelevant: number, grades: Uint8Array) => void;

/** Splits a query's ranks by the language of the passage: one visit per language that has any, ranks ascending. */
function groupByLanguage(set: EvalSet) {
  const { passageLangs, languages } = set;
  const counts = new Int32Array(languages.length);
  let buffer = new Int32Array(16);
  let ownGrades = new Uint8Array(16);
  return ({ passages, ranksOwn, grades, nRelevant }: RankedRow, visit: PoolVisitor): void => {
    if (buffer.length < nRelevant) {
      buffer = new Int32Array(2 * nRelevant);
      ownGrades = new Uint8Array(2 * nRelevant);
    }
    for (let i = 0; i < nRelevant; i++) counts[passageLangs[passages[i]!]!]!++;
    for (let i = 0; i < nRelevant; i++) {
      const lang = passageLangs[passages[i]!]!;
      const n = counts[lang]!;
      if (n === 0) continue; // visited already
      let filled = 0;
      for (let j = i; filled < n; j++) {
        if (passageLangs[passages[j]!] !== lang) continue;
        ownGrades[filled] = grades[j]!;
        buffer[filled++] = ranksOwn[j]!;
      }
      counts[lang] = 0;
      visit(lang, buffer, n, ownGrades);
    }
  };
}
