// The map of concepts by the weights in the worker. Asks for it; only the latest answer counts. Draws nothing.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { MapView } from "../core/run/views.ts";
import { askLatest, type Asked } from "./askLatest.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export interface MapState extends Asked {
  readonly map?: MapView | undefined;

  /** Asks for the map by the present weights; the one shown stays until it comes. */
  draw(): Promise<void>;
  clear(): void;
}

/** Concepts on the map: few enough to follow one by eye. */
export const MAP_CONCEPTS = 40;

export function createMapStore(workers: WorkersStore): StoreApi<MapState> {
  return createStore<MapState>()((set) => {
    const latest = askLatest<Pick<MapState, "map">>(set);
    return {
      status: "idle",
      draw: () =>
        latest.ask(async () => {
          const { trainer } = workers.getState().client();
          return { map: await trainer.request("map", { concepts: MAP_CONCEPTS }) };
        }),
      clear: () => latest.forget({ map: undefined }),
    };
  });
}

export const mapStore = createMapStore(workersStore);
