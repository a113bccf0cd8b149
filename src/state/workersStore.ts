// The page's two workers: started when first needed, ended after a crash, started anew. Never trains, keeps no data.
import { createStore } from "zustand/vanilla";
import { HUB_ADDRESS } from "../core/encoders/hubAddress.ts";
import type { DeviceReport } from "../core/run/device.ts";
import type { LabClient } from "../workers/labClient.ts";
import { createLabClient } from "../workers/pageClient.ts";
import type { DataEvent, TrainerEvent, WireError } from "../workers/protocol.ts";
import { patience } from "./paceStore.ts";
import { preferencesStore } from "./preferencesStore.ts";

export interface WorkersState {
  readonly device?: DeviceReport | undefined; // of the latest run
  readonly crash?: string | undefined; // why the workers before these are gone, until a person has read it

  /** The workers, started at first use and again after a crash. */
  client(): LabClient;
  /** Ends both workers; new ones start at the next use. A run that was going on fails. */
  restart(): void;
  dismissCrash(): void;
}

export interface WorkersListeners {
  onTrainerEvent(listener: (event: TrainerEvent) => void): void;
  onDataEvent(listener: (event: DataEvent) => void): void;
  /** Told when the trainer died, was ended or lost its device: whatever ran there is lost. */
  onWorkersLost(listener: (error: WireError) => void): void;
}

export type WorkersStore = ReturnType<typeof createWorkersStore>;

/** @param createClient injected, so that tests run against a worker in their own process */
export function createWorkersStore(createClient: () => LabClient) {
  let client: LabClient | undefined;
  const trainerListeners = new Set<(event: TrainerEvent) => void>();
  const dataListeners = new Set<(event: DataEvent) => void>();
  const lostListeners = new Set<(error: WireError) => void>();
  const tellLost = (error: WireError) => {
    for (const listener of lostListeners) listener(error);
  };
  const lose = (error: WireError) => {
    client?.dispose();
    client = undefined;
    tellLost(error);
  };

  const store = createStore<WorkersState>()((set) => ({
    client() {
      if (client) return client;
      const fresh = (client = createClient());
      fresh.onCrash((crash) => {
        if (client !== fresh) return;
        set({ crash: crash.message });
        lose(crash);
      });
      fresh.onTrainerReplaced((error) => {
        if (client === fresh) tellLost(error);
      });
      fresh.trainer.onEvent((event) => {
        if (client !== fresh) return; // a late word from ended workers
        if (event.type === "device") set({ device: event.device });
        for (const listener of trainerListeners) listener(event);
      });
      fresh.data.onEvent((event) => {
        if (client === fresh) for (const listener of dataListeners) listener(event);
      });
      return fresh;
    },
    restart() {
      if (client) lose({ kind: "device", name: "WorkersRestarted", message: "The workers were restarted" });
      set({ crash: undefined });
    },
    dismissCrash: () => set({ crash: undefined }),
  }));

  const listeners: WorkersListeners = {
    onTrainerEvent: (listener) => void trainerListeners.add(listener),
    onDataEvent: (listener) => void dataListeners.add(listener),
    onWorkersLost: (listener) => void lostListeners.add(listener),
  };
  return Object.assign(store, listeners);
}

/** The part of it that runs are trained through. */
export function trainerLink({ getState, onTrainerEvent, onWorkersLost }: WorkersStore) {
  return {
    trainer: () => getState().client().trainer,
    replaceTrainer: (error: WireError) => getState().client().replaceTrainer(error),
    onTrainerEvent,
    onWorkersLost,
  };
}

/** Where the page looks for the hub if the person names no other place: LAB_HUB, where the page was built with that. */
export const PAGE_HUB = (import.meta.env["LAB_HUB"] as string | undefined) || HUB_ADDRESS; // text or nothing
export const workersStore = createWorkersStore(() =>
  createLabClient(preferencesStore.getState().hub || PAGE_HUB, patience),
);
preferencesStore.subscribe(({ hub }, before) => {
  if (hub !== before.hub)
    workersStore
      .getState()
      .client()
      .useHub(hub || PAGE_HUB);
});
