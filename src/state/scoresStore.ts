// The scores of the batch on show, and which of its three pictures is drawn. Asks the worker; only the latest answer counts.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BatchScores } from "../core/run/views.ts";
import { askLatest, type Asked } from "./askLatest.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export const BATCH_PICTURES = ["pairs", "scores", "pulls"] as const;
export type BatchPicture = (typeof BATCH_PICTURES)[number];

export interface ScoresState extends Asked {
  readonly picture: BatchPicture;
  readonly scores?: BatchScores | undefined;

  draw(picture: BatchPicture): void;
  /** Asks for the scores of the last batch of a run that the trainer holds; those shown stay until they come. */
  look(runId: string): Promise<void>;
}

export function createScoresStore(workers: WorkersStore): StoreApi<ScoresState> {
  return createStore<ScoresState>()((set) => {
    const latest = askLatest<Pick<ScoresState, "scores">>(set);
    return {
      status: "idle",
      picture: "pairs",
      draw: (picture) => set({ picture }),
      look: (runId) =>
        latest.ask(async () => {
          const { trainer } = workers.getState().client();
          return { scores: await trainer.request("batchScores", { runId }) };
        }),
    };
  });
}

export const scoresStore = createScoresStore(workersStore);
