// What the comparison is about: the measure, and which group the first one is held against. The same in all of its figures;
// part of no experiment, kept nowhere.
import { createStore } from "zustand/vanilla";

export interface CompareState {
  readonly metric: string; // path
  /** A run of the group that the first one is held against; where it is not shown, the next group is. */
  readonly againstId?: string | undefined;
  measure(metric: string): void;
  holdAgainst(runId: string): void;
}

export const createCompareStore = () =>
  createStore<CompareState>()((set) => ({
    metric: "map/cross",
    measure: (metric) => set({ metric }),
    holdAgainst: (againstId) => set({ againstId }),
  }));

export const compareStore = createCompareStore();
