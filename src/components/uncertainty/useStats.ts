// Asks for the intervals of a run, or for the difference of two, and hands them over once they are there.
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import type { LanguageGroup } from "../../core/languages/languageChoice.ts";
import type { Interval, Intervals } from "../../core/stats/bootstrap.ts";
import { cellQueries } from "../../core/stats/cellQueries.ts";
import type { Differences } from "../../core/stats/compareQueries.ts";
import { queriesOf } from "../../core/stats/languageSubset.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { statsStore } from "../../state/statsStore.ts";

/** @returns undefined until computed, and without values of single queries */
export function useIntervals(queries: QueryValues | undefined): Intervals | undefined {
  useEffect(() => {
    if (queries) statsStore.getState().wantIntervals(queries);
  }, [queries]);
  return useStore(statsStore, ({ intervals }) => queries && intervals.get(queries));
}

/** Cells asked for before: the same values again find the intervals computed from them. */
const cells = new WeakMap<QueryValues, Map<string, QueryValues | undefined>>();

/** Of the mAP of queries in `query` in the passages of `passage`, when the run ended. @returns as `useIntervals` */
export function useCellInterval(
  queries: QueryValues | undefined,
  query: string,
  passage: string,
): Interval | undefined {
  let cell: QueryValues | undefined;
  if (queries) {
    const known = cells.get(queries) ?? new Map<string, QueryValues | undefined>();
    cells.set(queries, known);
    const key = `${query} ${passage}`;
    if (!known.has(key)) known.set(key, cellQueries(queries, query, passage));
    cell = known.get(key);
  }
  return useIntervals(cell)?.["map/mono"]?.overall;
}

/** Subsets asked for before, by their languages. */
const subsets = new WeakMap<QueryValues, Map<string, QueryValues>>();

function subsetOf(queries: QueryValues, languages: readonly string[]): QueryValues {
  const known = subsets.get(queries) ?? new Map<string, QueryValues>();
  subsets.set(queries, known);
  const key = languages.join();
  const subset = known.get(key) ?? queriesOf(queries, languages);
  known.set(key, subset);
  return subset;
}

/**
 * Intervals of the means over groups of languages.
 * @returns one for each group; undefined until computed, and without values of single queries
 */
export function useGroupIntervals(
  queries: QueryValues | undefined,
  groups: readonly LanguageGroup[],
): readonly (Intervals | undefined)[] {
  const parts = useMemo(
    () => (queries ? groups.map(({ languages }) => subsetOf(queries, languages)) : []),
    [queries, groups],
  );
  useEffect(() => {
    for (const part of parts) statsStore.getState().wantIntervals(part);
  }, [parts]);
  const intervals = useStore(statsStore, (state) => state.intervals);
  return groups.map((_, i) => parts[i] && intervals.get(parts[i]));
}

/** First minus second, of the means over groups of languages. @returns one for each group, as `useDifferences` */
export function useGroupDifferences(
  a: QueryValues | undefined,
  b: QueryValues | undefined,
  groups: readonly LanguageGroup[],
): readonly (Differences | "unpaired" | undefined)[] {
  const pairs = useMemo(
    () =>
      a && b ? groups.map(({ languages }) => [subsetOf(a, languages), subsetOf(b, languages)] as const) : [],
    [a, b, groups],
  );
  useEffect(() => {
    for (const [first, second] of pairs) statsStore.getState().wantDifferences(first, second);
  }, [pairs]);
  const differences = useStore(statsStore, (state) => state.differences);
  return groups.map((_, i) => pairs[i] && differences.get(pairs[i][0])?.get(pairs[i][1]));
}

/** First minus second. @returns undefined until computed, "unpaired" if they were not asked the same queries */
export function useDifferences(
  a: QueryValues | undefined,
  b: QueryValues | undefined,
): Differences | "unpaired" | undefined {
  useEffect(() => {
    if (a && b) statsStore.getState().wantDifferences(a, b);
  }, [a, b]);
  return useStore(statsStore, ({ differences }) => (a && b ? differences.get(a)?.get(b) : undefined));
}
