// Asks for the intervals of a run, or for the difference of two, and hands them over once they are there.
import { useEffect } from "react";
import { useStore } from "zustand";
import type { Interval, Intervals } from "../../core/stats/bootstrap.ts";
import { cellQueries } from "../../core/stats/cellQueries.ts";
import type { Differences } from "../../core/stats/compareQueries.ts";
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
