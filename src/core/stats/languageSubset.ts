// The queries of some languages, so that the mean over these gets its interval as all else does. Computes none.
import type { QueryValues } from "./queryValues.ts";

/**
 * The queries in `languages`: their overall numbers are means over these languages. A language that is not there is passed over.
 * Clusters keep their numbers, so that subsets of two runs pair as the whole did.
 */
export function queriesOf(queries: QueryValues, languages: readonly string[]): QueryValues {
  const { queryLangs, clusters, crossPools, values } = queries;
  const kept = [...queries.languages.keys()].filter((lang) => languages.includes(queries.languages[lang]!));
  const rows = Array.from(queryLangs.keys()).filter((q) => kept.includes(queryLangs[q]!));
  return {
    languages: kept.map((lang) => queries.languages[lang]!),
    queryLangs: Uint16Array.from(rows, (q) => kept.indexOf(queryLangs[q]!)),
    clusters: Int32Array.from(rows, (q) => clusters[q]!),
    crossPools: Int32Array.from(kept, (lang) => crossPools[lang]!),
    values: Object.fromEntries(
      Object.entries(values).map(([path, of]) => [path, Float32Array.from(rows, (q) => of[q]!)]),
    ),
  };
}
