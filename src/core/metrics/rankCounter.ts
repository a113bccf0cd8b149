// Evaluates blocks of ranks as they come: METHOD 2's means over queries. Never holds more than one block.
import { checkEvalSet } from "./checkEvalSet.ts";
import { TOP_CUT } from "./blockCounts.ts";
import { rankedRows, type BlockRanks, type RankedRow } from "./countedRanks.ts";
import type { EvalResult, EvalSet } from "./evaluation.ts";
import { meanDefined } from "./languageMeans.ts";
import { createMetricSums, measureName } from "./metricSums.ts";
import { evalMetrics } from "./metricTable.ts";
import { createPerQuery, type PerQuery } from "./perQuery.ts";

export interface RankCounter {
  /**
   * Takes the next block; blocks of any size, queries in order, each once.
   *
   * @throws RangeError on a gap or overlap, a wrong length, a count that cannot be; InputError on a score that was no number
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
 * @param cuts metric paths that are measured besides (cuts.ts)
 * @throws RangeError if the set is inconsistent
 */
export function createRankCounter(set: EvalSet, cuts: readonly string[] = []): RankCounter {
  checkEvalSet(set);
  const { languages, queryLangs, passageLangs } = set;
  const nLangs = languages.length;
  const nQueries = queryLangs.length;
  const nPool = passageLangs.length;

  const evaluated = new Int32Array(nLangs);
  const asked = new Int32Array(nLangs);
  for (const lang of queryLangs) asked[lang]!++;
  const metrics = evalMetrics(cuts);
  const perQuery = createPerQuery(set, metrics);
  const sums = createMetricSums(metrics, queryLangs, nLangs, perQuery);
  const ownRanks = groupByLanguage(set);
  let nextQuery = 0;

  function addRow(query: number, ranked: RankedRow): void {
    const { nRelevant, ranks, grades, topSameLanguage } = ranked;
    if (nRelevant === 0) return;
    evaluated[queryLangs[query]!]!++;
    const topShare = topSameLanguage / Math.min(TOP_CUT, nPool);
    sums.addAll(query, { ranks, nRelevant, grades, topShare });
    ownRanks(ranked, (pool, ranksInPool, n, gradesInPool) =>
      sums.addPool(query, pool, { ranks: ranksInPool, nRelevant: n, grades: gradesInPool, topShare }),
    );
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
      const poolShare = new Float64Array(nLangs);
      for (const lang of passageLangs) poolShare[lang]! += 1 / nPool;
      const shareOf = (x: number) => (evaluated[x] === 0 ? null : poolShare[x]!);
      const base = meanDefined(languages.map((_, x) => shareOf(x)));
      const total = evaluated.reduce((a, b) => a + b, 0);
      const table = <T>(value: (lang: number) => T) =>
        Object.fromEntries(languages.map((name, lang) => [name, value(lang)]));
      const inPairs = metrics.filter(({ pairs }) => pairs);
      const languageMetrics = metrics.filter(({ kept }) => kept !== "mean");
      const languageValues = (x: number) =>
        Object.fromEntries(languageMetrics.map((metric) => [metric.path, sums.ofLanguage(metric, x)]));
      return {
        values: Object.fromEntries(
          metrics.map((metric) => [metric.path, metric.ofQuery ? sums.overall(metric) : base]),
        ),
        perLanguage: table((x) => ({ values: languageValues(x), queries: evaluated[x]! })),
        matrix: table((x) => table((y) => sums.cell("map", x, y))),
        ...(inPairs.length > 0 && {
          pairs: Object.fromEntries(
            inPairs.map(({ path }) => [path, table((x) => table((y) => sums.cell(measureName(path), x, y)))]),
          ),
        }),
        queries: total,
        skippedQueries: nQueries - total,
        skippedPairs: Object.fromEntries(
          languages.flatMap((name, x) => {
            const missed = languages
              .map((other, y) => [other, asked[x]! - sums.count("map", x, y)] as const)
              .filter(([, n]) => n > 0);
            return missed.length > 0 ? [[name, Object.fromEntries(missed)]] : [];
          }),
        ),
        pool: nPool,
      };
    },

    perQuery() {
      assertComplete("perQuery");
      return perQuery.finish(sums.cell);
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
