// Cosines of the evaluation by the weights in the worker. Asks for them; only the latest answer counts. Draws nothing.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CosineChoice, CosineView } from "../core/run/views.ts";
import { askLatest, type Asked } from "./askLatest.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export interface CosineState extends Asked {
  readonly choice: CosineChoice;
  readonly view?: CosineView | undefined;

  /** Asks for those of the languages chosen, by the present weights; what is shown stays until they come. */
  measure(): Promise<void>;
  choose(choice: CosineChoice): Promise<void>;
  clear(): void;
}

export function createCosineStore(workers: WorkersStore): StoreApi<CosineState> {
  return createStore<CosineState>()((set, get) => {
    const latest = askLatest<Pick<CosineState, "view">>(set);
    return {
      status: "idle",
      choice: {},
      measure: () =>
        latest.ask(async () => {
          const { trainer } = workers.getState().client();
          return { view: await trainer.request("cosines", get().choice) };
        }),
      choose(choice) {
        set({ choice });
        return get().measure();
      },
      clear() {
        set({ choice: {} });
        latest.forget({ view: undefined });
      },
    };
  });
}

export const cosineStore = createCosineStore(workersStore);
