// The values of single queries that make up an evaluation's means: what intervals and paired tests are made of.
// Ranks nothing and averages nothing over queries.
import type { EvalSet } from "./evaluation.ts";
import type { EvalMetric } from "./metric.ts";
import { byAge } from "./metricTable.ts";

/** More values than this are not kept by pool: 8 MB. */
export const MAX_POOL_VALUES = 2_000_000;

/** Values of each query (Q), in the order of the set; NaN where undefined. */
export interface PerQuery {
  /**
   * By metric path, of those whose values are kept. `map/cross` and its like stand for the pools of other languages: with
   * every query answered in the same pools the mean of its values there; else corrected for the pools it lacks, so that
   * the mean over a language's queries is that language's number always.
   */
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly apPools?: Float32Array; // (Q, L) AP in the pool of each language; left out beyond MAX_POOL_VALUES
  readonly crossPools: Int32Array; // (L) other languages whose pool answers some query of a language: weights of `cross`
}

type PoolWriter = (query: number, pool: number, value: number) => void;

export interface PerQueryBuilder {
  readonly values: PerQuery["values"];
  /** Takes a measure's values in the pools of single languages; undefined if none of them is kept. */
  inPools(measure: string): PoolWriter | undefined;
  /** @param cell mean of a measure over all queries in x with a relevant passage in pool y */
  finish(cell: (measure: string, x: number, y: number) => number | null): PerQuery;
}

/** Calls `visit` once per language in which the query has a relevant passage. */
function createPoolVisitor({ relevant, relevantOffsets, leftOut, passageLangs, languages }: EvalSet) {
  const lastVisit = new Int32Array(languages.length);
  let visits = 0;
  return (query: number, visit: (pool: number) => void) => {
    visits++;
    for (let i = relevantOffsets[query]!; i < relevantOffsets[query + 1]!; i++) {
      if (leftOut?.[i] === 1) continue;
      const pool = passageLangs[relevant[i]!]!;
      if (lastVisit[pool] === visits) continue;
      lastVisit[pool] = visits;
      visit(pool);
    }
  };
}

/**
 * `cross` of language x is the mean over its L' pools y of the mean over the n(x, y) queries answered there. A query's
 * own part is therefore, for AP and for any other measure v,
 *
 *   vCross(q) = cross(x) + n(x) / L' * sum over q's pools y of (v(q, y) - mean v(x, y)) / n(x, y)
 *
 * with n(x) the queries that have any such pool. All n equal: the plain mean of q's values. Its mean over q is cross(x).
 */
export function createPerQuery(set: EvalSet, metrics: readonly EvalMetric[]): PerQueryBuilder {
  const { languages, queryLangs } = set;
  const nLangs = languages.length;
  const nQueries = queryLangs.length;
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
  const kept = byAge(metrics.filter((metric) => metric.kept === "query"));
  const values = Object.fromEntries(
    kept.map(({ path }) => [path, new Float64Array(nQueries).fill(NaN)] as const),
  );
  const apPools =
    nQueries * nLangs <= MAX_POOL_VALUES ? new Float32Array(nQueries * nLangs).fill(NaN) : undefined;
  /** Of each measure kept over other pools: sum of v(q, y) / n(x, y). */
  const sums = new Map<string, Float64Array>();

  function finishCross(measure: string, own: Float64Array, cell: (x: number, y: number) => number | null) {
    const column = values[`${measure}/cross`]!;
    const meanCross = Float64Array.from(languages, (_, x) => {
      let sum = 0;
      for (let y = 0; y < nLangs; y++) if (y !== x) sum += cell(x, y) ?? 0;
      return sum / crossPools[x]!;
    });
    for (let q = 0; q < nQueries; q++) {
      const x = queryLangs[q]!;
      let expected = 0; // sum of mean v(x, y) / n(x, y)
      let any = false;
      forEachCross(q, (at, pool) => {
        expected += cell(x, pool)! / answered[at]!;
        any = true;
      });
      if (any) column[q] = meanCross[x]! + (anyPool[x]! / crossPools[x]!) * (own[q]! - expected);
    }
  }

  return {
    values,
    inPools(measure) {
      const mono = values[`${measure}/mono`];
      const cross = values[`${measure}/cross`] && new Float64Array(nQueries);
      if (cross) sums.set(measure, cross);
      const pools = measure === "map" ? apPools : undefined;
      if (!mono && !cross && !pools) return undefined;
      return (query, pool, value) => {
        const lang = queryLangs[query]!;
        if (pools) pools[query * nLangs + pool] = value;
        if (pool !== lang) {
          if (cross) cross[query]! += value / answered[lang * nLangs + pool]!;
        } else if (mono) mono[query] = value;
      };
    },
    finish(cell) {
      for (const [measure, own] of sums) finishCross(measure, own, (x, y) => cell(measure, x, y));
      return { values, ...(apPools && { apPools }), crossPools };
    },
  };
}
