// Measurements asked for by the page: one at a time, never beside a run, and the run's device is put back. Times nothing.
import type { BackendChoice } from "../../core/spec/backend.ts";
import type { BenchmarkReport } from "../../core/record/benchmarkReport.ts";
import { onDevice } from "../../training/engine/deviceFailure.ts";
import { runBenchmark } from "../../training/benchmark/runBenchmark.ts";
import type { BenchmarkEvent } from "../protocol.ts";
import type { TrainerHostDeps } from "./hostDeps.ts";

export interface BenchmarkDesk {
  /** @throws Error in one sentence when it is refused, ended or the device cannot be had */
  measure(choice: BackendChoice): Promise<BenchmarkReport>;
  /** Ends a measurement and waits until it has let go of the device. */
  stop(): Promise<void>;
}

export function createBenchmarkDesk(
  deps: Pick<TrainerHostDeps, "startDevice" | "nowMs" | "breathe" | "versions">,
  emit: (event: BenchmarkEvent) => void,
): BenchmarkDesk {
  let stopped = false;
  let going: Promise<unknown> | undefined;

  async function measure(choice: BackendChoice): Promise<BenchmarkReport> {
    const start = deps.nowMs();
    const { backend, adapter, versions } = await deps.startDevice(choice);
    const ports = {
      nowMs: () => deps.nowMs(),
      async gate() {
        await deps.breathe(); // or no message to stop could arrive
        if (stopped) throw new Error("The measurement was stopped");
      },
      progress: (done: number, total: number, label: string) =>
        emit({ type: "benchmark", done, total, label }),
    };
    const rows = await onDevice(() => runBenchmark(ports));
    return {
      backend,
      adapter,
      rows,
      versions: { ...deps.versions, ...versions },
      seconds: (deps.nowMs() - start) / 1000,
    };
  }

  return {
    async measure(choice) {
      if (going) throw new Error("A measurement is going on already");
      stopped = false;
      const work = measure(choice);
      going = work;
      try {
        return await work;
      } finally {
        going = undefined;
      }
    },
    async stop() {
      stopped = true;
      await going?.catch(() => undefined);
    },
  };
}
