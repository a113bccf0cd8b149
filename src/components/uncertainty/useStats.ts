// Asks for the intervals of a run, or for the difference of two, and hands them over once they are there.
import { useEffect } from "react";
import { useStore } from "zustand";
import type { Intervals } from "../../core/stats/bootstrap.ts";
import type { Differences } from "../../core/stats/compareQueries.ts";
import type { Run } from "../../state/run/run.ts";
import { statsStore } from "../../state/statsStore.ts";

/** @returns undefined until computed, and for a run without values of single queries */
export function useIntervals(run: Run | undefined): Intervals | undefined {
  const queries = run?.queryValues;
  useEffect(() => {
    if (queries) statsStore.getState().wantIntervals(queries);
  }, [queries]);
  return useStore(statsStore, ({ intervals }) => queries && intervals.get(queries));
}

/** First minus second. @returns undefined until computed, "unpaired" if they were not asked the same queries */
export function useDifferences(
  first: Run | undefined,
  second: Run | undefined,
): Differences | "unpaired" | undefined {
  const [a, b] = [first?.queryValues, second?.queryValues];
  useEffect(() => {
    if (a && b) statsStore.getState().wantDifferences(a, b);
  }, [a, b]);
  return useStore(statsStore, ({ differences }) => (a && b ? differences.get(a)?.get(b) : undefined));
}
