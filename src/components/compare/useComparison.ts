// The groups of seeds that are compared, with the two that are held against each other; reads what they need from storage.
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { compareStore } from "../../state/compareStore.ts";
import { runStore } from "../../state/runStore.ts";
import { useShown } from "../charts/shown.ts";
import { comparedGroups, type Comparison, type RunGroup } from "./groups.ts";

export interface Compared extends Comparison {
  readonly metric: string;
  /** Of the selected run. */
  readonly first: RunGroup | undefined;
  /** That it is held against. */
  readonly second: RunGroup | undefined;
}

export function useComparison(): Compared {
  const { runs, selected, comparable } = useShown();
  const metric = useStore(compareStore, (state) => state.metric);
  const againstId = useStore(compareStore, (state) => state.againstId);
  const comparison = useMemo(() => {
    const ended = [...(selected ? [selected] : []), ...comparable];
    return comparedGroups(runs, ended);
  }, [runs, selected, comparable]);
  const { groups } = comparison;
  const ids = groups.flatMap((group) => group.runs.map(({ id }) => id));
  const key = ids.join();
  useEffect(() => {
    if (key !== "") runStore.getState().hold(key.split(","));
  }, [key]);
  const first = groups.find((group) => group.runs.some(({ id }) => id === selected?.id)) ?? groups[0];
  const others = groups.filter((group) => group !== first);
  const second = others.find((group) => group.runs.some(({ id }) => id === againstId)) ?? others[0];
  return { ...comparison, metric, first, second };
}
