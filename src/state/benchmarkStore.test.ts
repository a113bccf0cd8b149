// Measuring: one at a time, progress as it comes, a failure told, a stop that is no failure.
import { describe, expect, it } from "vitest";
import type { BenchmarkReport } from "../core/record/benchmarkReport.ts";
import { createFakeLab, settle } from "../testing/fakeLab.ts";
import { createBenchmarkStore } from "./benchmarkStore.ts";
import { createWorkersStore } from "./workersStore.ts";

const REPORT: BenchmarkReport = {
  backend: "wasm",
  adapter: "wasm SIMD, 1 thread",
  versions: {},
  rows: [],
  seconds: 2,
};

/** A lab whose measurement ends when told. */
function setUp() {
  let end: (report: BenchmarkReport | Error) => void = () => undefined;
  const fake = createFakeLab({
    benchmark: () =>
      new Promise<BenchmarkReport>((resolve, reject) => {
        end = (report) => (report instanceof Error ? reject(report) : resolve(report));
      }),
    stopBenchmark: () => {
      end(new Error("The measurement was stopped"));
      return null;
    },
  });
  const store = createBenchmarkStore(createWorkersStore(() => fake.client));
  const asked = () => fake.asked.filter(({ name }) => name === "benchmark").map(({ params }) => params);
  return { store, fake, asked, end: (report: BenchmarkReport | Error) => end(report) };
}

describe("the benchmark store", () => {
  it("asks once for the chosen backend, tells progress, keeps the report", async () => {
    const { store, fake, asked, end } = setUp();
    store.getState().setBackend("wasm");
    const measured = store.getState().measure();
    await store.getState().measure(); // going on already
    await settle();
    fake.tell({ type: "benchmark", done: 1, total: 7, label: "training step" });
    await settle();
    expect(store.getState()).toMatchObject({ status: "measuring", progress: { done: 1, total: 7 } });
    end(REPORT);
    await measured;
    expect(asked()).toEqual([{ backend: "wasm" }]);
    expect(store.getState()).toMatchObject({ status: "done", report: REPORT, progress: undefined });
  });

  it("tells a failure and keeps the older report", async () => {
    const { store, end } = setUp();
    for (const outcome of [REPORT, new Error("no GPU adapter was found")]) {
      const measured = store.getState().measure();
      await settle();
      end(outcome);
      await measured;
    }
    expect(store.getState()).toMatchObject({
      status: "failed",
      error: "no GPU adapter was found",
      report: REPORT,
    });
  });

  it("is idle after a stop", async () => {
    const { store } = setUp();
    const measured = store.getState().measure();
    await settle();
    await store.getState().stop();
    await measured;
    expect(store.getState()).toMatchObject({ status: "idle", error: undefined });
    await store.getState().stop(); // nothing to stop: nothing happens
    expect(store.getState().status).toBe("idle");
  });
});
