// Runs that were cut off: what is offered, what is taken up again, what is swept.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { settle, type createFakeLab } from "../testing/fakeLab.ts";
import { begin, bench, CADENCE, multi, RECORD, rest } from "../testing/runBench.ts";
import type { RunStoreDeps } from "./runs/runsState.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

describe("a run that was cut off", () => {
  /** A first visit ends in the middle of a run; the second begins with its snapshot. */
  async function cutOff(deps: Partial<RunStoreDeps> = {}, answers: Parameters<typeof createFakeLab>[0] = {}) {
    const first = bench();
    await first.store.getState().open();
    await begin(first.store);
    const { id } = first.runs()[0]!;
    first.tell({ type: "points", runId: id, points: [...multi(0, 0.1), ...multi(30, 0.2)] });
    first.tell({ type: "snapshot", runId: id, step: 20 });
    await settle();
    expect(first.runs()[0]!.snapshotStep).toBe(20);
    first.store.saveWaiting();
    await rest();
    const second = bench(deps, { listSnapshots: () => [{ runId: id, step: 20 }], ...answers });
    await second.store.getState().open();
    return { ...second, id };
  }

  it("goes on under its lock from the snapshot, with the points up to there", async () => {
    const { store, runs, tell, asked, id } = await cutOff();
    expect(runs()[0]).toMatchObject({ status: "interrupted", snapshotStep: 20 });
    await store.getState().goOn(id);
    expect(asked.at(-1)).toEqual({
      name: "start",
      params: { runId: id, spec: DEFAULT_SPEC, paused: false, cadence: CADENCE, goOn: true },
    });
    expect(store.getState()).toMatchObject({ trainingId: id, weightsId: id, selectedId: id });
    tell({ type: "restored", runId: id, step: 20, points: multi(0, 0.1) });
    tell({ type: "state", runId: id, state: "running" });
    await settle();
    expect(runs()[0]).toMatchObject({ status: "running", step: 20, summary: { "map/multi": { now: 0.1 } } });
    tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await rest();
    expect(runs()[0]).toMatchObject({ status: "finished", snapshotStep: undefined });
    expect(asked.at(-1)).toEqual({ name: "forgetSnapshots", params: { runIds: [id] } });
  });

  it("stays where it is while another tab has its lock", async () => {
    const { store, runs, asked, id } = await cutOff({ takeLock: () => Promise.resolve(undefined) });
    await store.getState().goOn(id);
    expect(asked.some(({ name }) => name === "start")).toBe(false);
    expect(runs()[0]!.status).toBe("interrupted");
    expect(store.getState().notice).toBe("“Hybrid” is going on in another tab of this browser.");
  });

  it("shows its end where another tab took it there", async () => {
    const { store, runs, asked, id } = await cutOff();
    const other = bench({}, { listSnapshots: () => [{ runId: id, step: 20 }] });
    await other.store.getState().open();
    await other.store.getState().goOn(id);
    other.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await rest();
    await store.getState().goOn(id);
    await rest();
    expect(asked.some(({ name }) => name === "start")).toBe(false);
    expect(runs()[0]).toMatchObject({ status: "finished", detail: { record: { digest: RECORD.digest } } });
    expect(store.getState().notice).toBe("“Hybrid” has come to its end in another tab.");
  });

  it("says why it cannot, and can be tried again", async () => {
    const { store, runs, tell, id } = await cutOff();
    await store.getState().goOn(id);
    const error = { kind: "input", name: "SpecError", message: "made on webgpu, this is wasm" } as const;
    tell({ type: "failed", runId: id, error });
    await rest();
    expect(runs()[0]).toMatchObject({ status: "failed", error, snapshotStep: 20 });
    await store.getState().goOn(id);
    expect(runs()[0]!.status).toBe("preparing");
    expect(runs()[0]).not.toHaveProperty("error");
  });

  it("keeps the word that a branch can go on where it cannot, on another device", async () => {
    const { store, tell, id } = await cutOff();
    await store.getState().goOn(id);
    const error = {
      kind: "input",
      name: "OtherDeviceError",
      message: "made on webgpu",
      instead: "branch",
    } as const;
    tell({ type: "failed", runId: id, error });
    await rest();
    const later = bench({}, { listSnapshots: () => [{ runId: id, step: 20 }] });
    await later.store.getState().open();
    await rest();
    expect(later.runs()[0]).toMatchObject({ status: "failed", error, snapshotStep: 20 });
  });

  it("lets go of what no run needs: of ended runs, and of runs that are not here", async () => {
    const first = bench();
    await first.store.getState().open();
    await begin(first.store);
    const { id } = first.runs()[0]!;
    first.tell({ type: "points", runId: id, points: RECORD.points });
    first.tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await rest();
    const left = [id, "deleted"].map((runId) => ({ runId, step: 20 }));
    const { store, asked, runs } = bench({}, { listSnapshots: () => left });
    await store.getState().open();
    await rest();
    expect(asked.at(-1)).toEqual({ name: "forgetSnapshots", params: { runIds: ["deleted", id] } });
    expect(runs()[0]!.snapshotStep).toBeUndefined();

    const blind = bench(
      { openStorage: () => Promise.reject(new Error("blocked")) },
      { listSnapshots: () => left },
    );
    await blind.store.getState().open();
    await rest();
    expect(blind.asked.map(({ name }) => name)).toEqual(["listSnapshots"]);
  });
});
