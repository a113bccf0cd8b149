// The values of single queries as they are kept beside a record: for intervals over queries and paired tests.
// They are no part of the record and of its digest. Hostile until parsed here.
import * as v from "valibot";
import type { EvalSet } from "../metrics/evaluation.ts";
import { languageKey } from "../languages/sameLanguage.ts";
import { findMetric, queryMetrics } from "../metrics/metricTable.ts";
import type { PerQuery } from "../metrics/perQuery.ts";
import { SpecError } from "../inputError.ts";
import { queryClusters } from "./queryClusters.ts";
import { firstIssue, issueText } from "../issueText.ts";

/** Paths of the metrics whose values of queries are always kept; those of cuts that were asked for come besides. */
export const QUERY_METRICS: readonly string[] = queryMetrics().map(({ path }) => path);

/** More queries than this are not kept: six metrics of them fill 12 MB in the browser's storage. */
export const MAX_KEPT_QUERIES = 500_000;

export interface QueryValues {
  readonly languages: readonly string[]; // L
  readonly queryLangs: Uint16Array; // (Q) index into languages
  readonly clusters: Int32Array; // (Q) queries of one number are one observation (queryClusters.ts)
  /** (L) weight of each language in the mean of `map/cross`: its pools in other languages. All else weighs 1. */
  readonly crossPools: Int32Array;
  /** (Q, L) AP in the pool of each language; not kept of very many (MAX_POOL_VALUES), nor by older versions. */
  readonly pools?: Float32Array | undefined;
  /** By metric path (Q), float32; NaN where undefined. Older runs lack younger metrics. */
  readonly values: Readonly<Record<string, Float32Array>>;
}

/** @returns undefined for more queries than are kept */
export function keepQueryValues(set: EvalSet, perQuery: PerQuery): QueryValues | undefined {
  if (set.queryLangs.length > MAX_KEPT_QUERIES) return undefined;
  return {
    languages: set.languages,
    queryLangs: set.queryLangs,
    clusters: queryClusters(set),
    crossPools: perQuery.crossPools,
    pools: perQuery.apPools,
    values: Object.fromEntries(
      Object.entries(perQuery.values).map(([path, of]) => [path, Float32Array.from(of)]),
    ),
  };
}

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
/** From a store a typed array comes back as one; from JSON it is a list, in which an undefined value is null. */
const integers = <A extends Int32Array | Uint16Array>(
  is: (x: unknown) => x is A,
  make: (list: number[]) => A,
) => v.union([v.custom<A>(is), v.pipe(v.array(index), v.transform(make))]);
const int32 = integers(
  (x) => x instanceof Int32Array,
  (list) => Int32Array.from(list),
);
const uint16 = integers(
  (x) => x instanceof Uint16Array,
  (list) => Uint16Array.from(list),
);
const float32 = v.union([
  v.custom<Float32Array>((x) => x instanceof Float32Array),
  v.pipe(
    v.array(v.nullable(v.pipe(v.number(), v.finite()))),
    v.transform((list) => Float32Array.from(list, (value) => value ?? NaN)),
  ),
]);
/** In every file that has values of queries at all. */
const FIRST_KEPT = queryMetrics().flatMap(({ path, since }) => (since <= 2 ? [path] : []));
const valuesSchema = v.object({
  languages: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(2000)),
  queryLangs: uint16,
  clusters: int32,
  crossPools: int32,
  pools: v.optional(float32),
  values: v.pipe(
    v.objectWithRest(v.entriesFromList(FIRST_KEPT, float32), float32),
    v.transform((values) =>
      Object.fromEntries(Object.entries(values).filter(([path]) => findMetric(path)?.pool !== undefined)),
    ),
  ),
});

/**
 * @param where the file or store it came from, for the message
 * @throws SpecError with one sentence: where, which field, what would be right
 */
export function parseQueryValues(value: unknown, where: string): QueryValues {
  const result = v.safeParse(valuesSchema, value);
  if (!result.success) {
    const issue = firstIssue(result.issues);
    throw new SpecError(
      `${where}: ${v.getDotPath(issue) ?? "the entry"} is not as stored (${issueText(issue)})`,
    );
  }
  const parsed = result.output;
  const { languages, queryLangs, clusters, crossPools, pools } = parsed;
  const nQueries = queryLangs.length;
  const fail = (what: string) => new SpecError(`${where}: ${what}`);
  if (nQueries > MAX_KEPT_QUERIES)
    throw fail(`has ${nQueries} queries, at most ${MAX_KEPT_QUERIES} are kept`);
  if (crossPools.length !== languages.length) {
    throw fail(`crossPools has ${crossPools.length} entries for ${languages.length} languages`);
  }
  for (const [name, list] of Object.entries({ clusters, ...parsed.values, ...(pools && { pools }) })) {
    const [wanted, of] =
      list === pools
        ? [nQueries * languages.length, `${nQueries} queries x ${languages.length} languages`]
        : [nQueries, `${nQueries} queries`];
    if (list.length !== wanted) throw fail(`${name} has ${list.length} entries for ${of}`);
    if (list.includes(Infinity) || list.includes(-Infinity)) throw fail(`${name} must hold finite numbers`);
  }
  if (queryLangs.some((lang) => lang >= languages.length))
    throw fail("queryLangs names a language that is not there");
  if (clusters.some((cluster) => cluster < 0 || cluster >= nQueries)) {
    throw fail(`clusters must be numbered from 0 to ${nQueries - 1}`);
  }
  if (crossPools.some((n) => n < 0)) throw fail("crossPools must be 0 or more");
  return parsed;
}

/** As plain lists for a JSON file: 9 significant digits bring back the same float32; undefined is null. */
export function queryValuesJson({ languages, queryLangs, clusters, crossPools, pools, values }: QueryValues) {
  const plain = (list: Float32Array) =>
    Array.from(list, (value) => (Number.isNaN(value) ? null : Number(value.toPrecision(9))));
  return {
    languages,
    queryLangs: [...queryLangs],
    clusters: [...clusters],
    crossPools: [...crossPools],
    ...(pools && { pools: plain(pools) }),
    values: Object.fromEntries(Object.entries(values).map(([path, of]) => [path, plain(of)])),
  };
}

/** Whether two runs were asked the same queries in the same order, so that their values can be paired. */
export function sameQueries(a: QueryValues, b: QueryValues): boolean {
  const equal = (x: ArrayLike<unknown>, y: ArrayLike<unknown>) => {
    if (x.length !== y.length) return false;
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
    return true;
  };
  return (
    equal(a.languages.map(languageKey), b.languages.map(languageKey)) &&
    equal(a.queryLangs, b.queryLangs) &&
    equal(a.clusters, b.clusters)
  );
}
