// How long this device takes beside the one of the encoders' table: known from a visit before, or once it is measured
// (measurePace.ts). Measures nothing.
import { createStore, type StoreApi } from "zustand/vanilla";
import { isSpeed } from "../core/series/measuredSpeeds.ts";
import { browserStorage, keepText, keptText, type TextStorage } from "./browserStorage.ts";

export interface PaceState {
  readonly pace: number | undefined; // times as long, > 0; undefined: nobody has measured yet
  /** Kept for the next visit. What no device has is left out: then it is what it was, or the table's. */
  take(pace: number): void;
}

const STORAGE_KEY = "hybrid-batch-lab/pace";
const MOST = 100; // times: beyond it the page was held up by something else

/** @param storage undefined where the browser has none */
export function createPaceStore(storage: TextStorage | undefined): StoreApi<PaceState> {
  const kept = Number(keptText(storage, STORAGE_KEY));
  return createStore<PaceState>()((set, get) => ({
    pace: isPace(kept) ? kept : undefined,
    take(pace) {
      if (!isPace(pace)) return set({ pace: get().pace ?? 1 });
      set({ pace });
      keepText(storage, STORAGE_KEY, String(pace));
    },
  }));
}

const isPace = (value: number) => isSpeed(value) && value <= MOST && value >= 1 / MOST;

export const paceStore = createPaceStore(browserStorage());

/** A worker counts as dead after a laptop's seconds of silence; one of a device that takes over twice as long gets more of them. */
export const patience = (): number => Math.max(1, (paceStore.getState().pace ?? 1) / 2);
