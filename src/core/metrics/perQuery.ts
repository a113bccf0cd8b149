// The values of single queries that make up an evaluation's means: what intervals and paired tests are made of.
// Ranks nothing and averages nothing over queries.
import type { EvalSet } from "./evaluation.ts";

/** More values than this are not kept by pool: 8 MB. */
export const MAX_POOL_VALUES = 2_000_000;

/** Values of each query (Q), in the order of the set; NaN where undefined. */
export interface PerQuery {
  readonly apMono: Float64Array; // AP in the pool of the query's own language
  /**
   * Over the pools of other languages. With every query answered in the same pools, the mean of its APs there; else
   * corrected for the pools it lacks, so that the mean over a language's queries is that language's `cross` always.
   */
  readonly apCross: Float64Array;
  readonly apMulti: Float64Array; // AP in the pool of all languages
  readonly ndcgMono: Float64Array; // nDCG@10 in the pool of the query's own language
  readonly rankDistance: Float64Array; // candidates; needs two relevant passages
  readonly sameLanguageShare: Float64Array;
  readonly apPools?: Float32Array; // (Q, L) AP in the pool of each language; left out beyond MAX_POOL_VALUES
  readonly crossPools: Int32Array; // (L) other languages whose pool answers some query of a language: weights of `cross`
}

export interface PerQueryBuilder {
  readonly values: PerQuery;
  /** AP of a query in the pool of one language: at most once per query and pool. */
  addPool(query: number, pool: number, ap: number): void;
  /** @param cell mAP of queries in x over pool y, of all queries */
  finish(cell: (x: number, y: number) => number | null): PerQuery;
}

/** Calls `visit` once per language in which the query has a relevant passage. */
function createPoolVisitor({ relevant, relevantOffsets, passageLangs, languages }: EvalSet) {
  const lastVisit = new Int32Array(languages.length);
  let visits = 0;
  return (query: number, visit: (pool: number) => void) => {
    visits++;
    for (let i = relevantOffsets[query]!; i < relevantOffsets[query + 1]!; i++) {
      const pool = passageLangs[relevant[i]!]!;
      if (lastVisit[pool] === visits) continue;
      lastVisit[pool] = visits;
      visit(pool);
    }
  };
}

/**
 * `cross` of language x is the mean over its L' pools y of the mean over the n(x, y) queries answered there. A query's
 * own part is therefore
 *
 *   apCross(q) = cross(x) + n(x) / L' * sum over q's pools y of (AP(q, y) - mAP(x, y)) / n(x, y)
 *
 * with n(x) the queries that have any such pool. All n equal: the plain mean of q's APs. Its mean over q is cross(x).
 */
export function createPerQuery(set: EvalSet): PerQueryBuilder {
  const { languages, queryLangs } = set;
  const nLangs = languages.length;
  const nQueries = queryLangs.length;
  const undefinedYet = () => new Float64Array(nQueries).fill(NaN);
  const visitPools = createPoolVisitor(set);
  const answered = new Int32Array(nLangs * nLangs); // n(x, y)
  const anyPool = new Int32Array(nLangs); // n(x)
  const forEachCross = (query: number, visit: (cell: number, pool: number) => void) => {
    const lang = queryLangs[query]!;
    visitPools(query, (pool) => {
      if (pool !== lang) visit(lang * nLangs + pool, pool);
    });
  };
  for (let q = 0; q < nQueries; q++) {
    let any = 0;
    forEachCross(q, (cell) => {
      answered[cell]!++;
      any = 1;
    });
    anyPool[queryLangs[q]!]! += any;
  }
  const crossPools = new Int32Array(nLangs);
  answered.forEach((n, cell) => (crossPools[Math.floor(cell / nLangs)]! += n > 0 ? 1 : 0));
  const values: PerQuery = {
    apMono: undefinedYet(),
    apCross: undefinedYet(),
    apMulti: undefinedYet(),
    ndcgMono: undefinedYet(),
    rankDistance: undefinedYet(),
    sameLanguageShare: undefinedYet(),
    ...(nQueries * nLangs <= MAX_POOL_VALUES && { apPools: new Float32Array(nQueries * nLangs).fill(NaN) }),
    crossPools,
  };
  const own = new Float64Array(nQueries); // sum of AP(q, y) / n(x, y)
  return {
    values,
    addPool(query, pool, ap) {
      const lang = queryLangs[query]!;
      if (values.apPools) values.apPools[query * nLangs + pool] = ap;
      if (pool === lang) values.apMono[query] = ap;
      else own[query]! += ap / answered[lang * nLangs + pool]!;
    },
    finish(cell) {
      const meanCross = Float64Array.from(languages, (_, x) => {
        let sum = 0;
        for (let y = 0; y < nLangs; y++) if (y !== x) sum += cell(x, y) ?? 0;
        return sum / crossPools[x]!;
      });
      for (let q = 0; q < nQueries; q++) {
        const x = queryLangs[q]!;
        let expected = 0; // sum of mAP(x, y) / n(x, y)
        let any = false;
        forEachCross(q, (at, pool) => {
          expected += cell(x, pool)! / answered[at]!;
          any = true;
        });
        if (any) values.apCross[q] = meanCross[x]! + (anyPool[x]! / crossPools[x]!) * (own[q]! - expected);
      }
      return values;
    },
  };
}
