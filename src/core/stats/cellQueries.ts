// One cell of the language matrix as values of queries, so that it gets its interval as all else does. Computes none.
import type { QueryValues } from "./queryValues.ts";

/**
 * The queries in `query` with their AP in the pool of `passage`, as `map/mono` of a set of one language: its mean is the
 * cell's mAP.
 * @returns undefined where the APs by pool were not kept or a language is not there
 */
export function cellQueries(queries: QueryValues, query: string, passage: string): QueryValues | undefined {
  const { languages, queryLangs, clusters, pools } = queries;
  const [x, y] = [languages.indexOf(query), languages.indexOf(passage)];
  if (!pools || x < 0 || y < 0) return undefined;
  const rows = Array.from(queryLangs.keys()).filter((q) => queryLangs[q] === x);
  return {
    languages: [query],
    queryLangs: new Uint16Array(rows.length),
    clusters: Int32Array.from(rows, (q) => clusters[q]!),
    crossPools: Int32Array.of(0),
    values: { "map/mono": Float32Array.from(rows, (q) => pools[q * languages.length + y]!) },
  };
}
