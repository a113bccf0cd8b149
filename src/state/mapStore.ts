// The map of concepts by the weights in the worker. Asks for it; only the latest answer counts. Draws nothing.
import { messageOf } from "../core/messageOf.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { MapView } from "../core/run/views.ts";
import { labStore, type LabStore } from "./labStore.ts";

export interface MapState {
  readonly map?: MapView | undefined;
  readonly status: "idle" | "drawing" | "drawn" | "failed";
  readonly error?: string | undefined;

  /** Asks for the map by the present weights; the one shown stays until it comes. */
  draw(): Promise<void>;
  clear(): void;
}

/** Concepts on the map: few enough to follow one by eye. */
export const MAP_CONCEPTS = 40;

export function createMapStore(lab: LabStore): StoreApi<MapState> {
  let latest = 0;
  return createStore<MapState>()((set) => ({
    status: "idle",
    async draw() {
      const turn = ++latest;
      set({ status: "drawing", error: undefined });
      try {
        const { trainer } = lab.getState().client();
        const map = await trainer.request("map", { concepts: MAP_CONCEPTS });
        if (turn === latest) set({ status: "drawn", map });
      } catch (error) {
        const message = messageOf(error);
        if (turn === latest) set({ status: "failed", error: message });
      }
    },
    clear() {
      latest++;
      set({ status: "idle", map: undefined, error: undefined });
    },
  }));
}

export const mapStore = createMapStore(labStore);
