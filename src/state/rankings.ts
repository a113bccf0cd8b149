// Asks the trainer for the rankings of the run whose weights it holds. Keeps nothing.
import { workersStore } from "./workersStore.ts";
import type { RankingFiles, TrainerRequests } from "../workers/protocol.ts";

/** @throws Error with one sentence if the trainer no longer holds that run */
export function fetchRankings(params: TrainerRequests["rankings"]["params"]): Promise<RankingFiles> {
  return workersStore.getState().client().trainer.request("rankings", params);
}
