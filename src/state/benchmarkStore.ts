// The measurement of this device: asked of the worker, its progress, its report. Measures nothing itself.
import { messageOf } from "../core/messageOf.ts";
import type { MeasuredBackend } from "../core/run/device.ts";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BenchmarkReport } from "../core/record/benchmarkReport.ts";
import { workersStore, type WorkersStore } from "./workersStore.ts";

export interface BenchmarkState {
  readonly backend: MeasuredBackend;
  readonly status: "idle" | "measuring" | "stopping" | "done" | "failed";
  readonly progress?: { readonly done: number; readonly total: number; readonly label: string } | undefined;
  /** Of the latest measurement that ended well; stays while another runs. */
  readonly report?: BenchmarkReport | undefined;
  readonly error?: string | undefined;

  setBackend(backend: MeasuredBackend): void;
  /** Never rejects: failure is in `status` and `error`. One at a time. */
  measure(): Promise<void>;
  stop(): Promise<void>;
}

export function createBenchmarkStore(lab: WorkersStore): StoreApi<BenchmarkState> {
  const store = createStore<BenchmarkState>()((set, get) => {
    const going = () => get().status === "measuring" || get().status === "stopping";
    return {
      backend: "auto",
      status: "idle",
      setBackend: (backend) => set({ backend }),
      async measure() {
        if (going()) return;
        set({ status: "measuring", error: undefined, progress: undefined });
        try {
          const report = await lab
            .getState()
            .client()
            .trainer.request("benchmark", { backend: get().backend });
          set({ status: "done", report, progress: undefined });
        } catch (error) {
          const stopped = get().status === "stopping";
          const message = messageOf(error);
          set({
            status: stopped ? "idle" : "failed",
            error: stopped ? undefined : message,
            progress: undefined,
          });
        }
      },
      async stop() {
        if (get().status !== "measuring") return;
        set({ status: "stopping" });
        await lab.getState().client().trainer.request("stopBenchmark", null);
      },
    };
  });
  lab.onTrainerEvent((event) => {
    if (event.type !== "benchmark") return;
    const { done, total, label } = event;
    store.setState({ progress: { done, total, label } });
  });
  return store;
}

export const benchmarkStore = createBenchmarkStore(workersStore);
