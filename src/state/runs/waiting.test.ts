// Starts while a run is going on, and starts that come to nothing.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { DEFAULT_SPEC, findPreset } from "../../core/spec/presets.ts";
import { withPath } from "../../core/spec/spec.ts";
import { settle } from "../../testing/fakeLab.ts";
import { begin, bench, HYBRID, multi, RECORD, rest, type Bench } from "../../testing/runBench.ts";
import { isAwaited } from "../awaitedData.ts";
import type { DatasetState } from "../datasetStore.ts";
import { DB_NAME } from "../run/runStorage.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});

const ask = (store: Bench["store"]) => store.getState().start(DEFAULT_SPEC, HYBRID);

describe("a start", () => {
  it("waits for the end of the one that is going on, in turn, whatever that end is", async () => {
    const { store, runs, tell, asked } = bench();
    await ask(store);
    const first = runs()[0]!.id;
    await store.getState().start(findPreset("mono")!.spec, { presetName: "mono" });
    await ask(store);
    const waiting = () => store.getState().waiting.map(({ name }) => name);
    expect([runs().length, waiting()]).toEqual([1, ["Monolingual", "Hybrid (2)"]]);
    tell({ type: "finished", runId: first, reason: "completed", record: RECORD });
    const runsAre = (...statuses: string[]) =>
      vi.waitFor(() => expect(runs().map(({ status }) => status)).toEqual(statuses));
    await runsAre("preparing", "finished");
    expect(runs().map(({ name }) => name)).toEqual(["Monolingual", "Hybrid"]);
    expect(waiting()).toEqual(["Hybrid (2)"]);
    void store.getState().stop(); // while it prepares: at once
    await runsAre("preparing", "stopped", "finished");
    expect(waiting()).toEqual([]);
    expect(asked.filter(({ name }) => name === "start")).toHaveLength(3);
    await ask(store);
    store.getState().dropWaiting();
    tell({ type: "finished", runId: runs()[0]!.id, reason: "completed", record: RECORD });
    await settle();
    await rest();
    await runsAre("finished", "stopped", "finished");
  });

  it("that fails before its first step leaves the stage to the run before it, and no row in storage", async () => {
    const { store, runs, tell } = bench();
    await store.getState().open();
    await begin(store);
    const done = runs()[0]!.id;
    tell({ type: "finished", runId: done, reason: "completed", record: RECORD });
    await settle();
    await begin(store);
    const failing = runs()[0]!.id;
    tell({ type: "points", runId: failing, points: multi(0, 0.1) }); // the evaluation before training is no step
    tell({
      type: "failed",
      runId: failing,
      error: { kind: "input", name: "DataError", message: "no such file" },
    });
    const said = (message: string) =>
      vi.waitFor(() => expect(store.getState().failedStart).toMatchObject({ message }));
    await said("no such file");
    await rest();
    expect(store.getState().selectedId).toBe(done);
    expect(runs().map(({ id }) => id)).toEqual([done]);
    const db = await openDB(DB_NAME);
    expect((await db.getAllKeys("runs")).includes(failing)).toBe(false);
    db.close();
    await begin(store);
    expect(store.getState().failedStart).toBeUndefined();
    await ask(store); // what waits begins behind one that fails, and hides no reason
    const error = { kind: "input", name: "DataError", message: "nor this one" } as const;
    tell({ type: "failed", runId: store.getState().trainingId!, error });
    await said("nor this one");
    await vi.waitFor(() => expect(store.getState()).toMatchObject({ waiting: [] }));
    await vi.waitFor(() => expect(store.getState().trainingId).toBeDefined());
    await said("nor this one");
  });

  it("waits for data that is being added, once however often it is asked for, and lets others go before it", async () => {
    const importing = { message: "Converting XQuAD-R", about: "xquad-r" };
    const data = createStore<Pick<DatasetState, "importing" | "datasets">>()(() => ({
      importing,
      datasets: [],
    }));
    const onXquad = withPath(DEFAULT_SPEC, "data.train", "xquad-r");
    const { store, runs, tell } = bench({
      data: {
        isAwaited: (spec) => spec.data.train === "xquad-r" && isAwaited(spec)(data.getState()),
        onChange: (listener) => data.subscribe(listener),
      },
    });
    await store.getState().start(onXquad, HYBRID);
    await store.getState().start(onXquad, HYBRID);
    expect([runs().length, store.getState().waiting.length]).toEqual([0, 1]);
    const work = { name: "Triangle", words: "run 1 of 30" };
    expect(store.getState().occupy(work)).toBe(true); // the device is free
    store.getState().vacate();
    await begin(store);
    const first = runs()[0]!.id;
    expect(runs()[0]!.spec.data.train).not.toBe("xquad-r");
    data.setState({ importing: { ...importing, message: "Converting XQuAD-R, 2 of 3" } });
    tell({ type: "finished", runId: first, reason: "completed", record: RECORD });
    await rest();
    expect([runs().length, store.getState().trainingId]).toEqual([1, undefined]);
    data.setState({ importing: undefined }); // also where it failed: the run then says what it lacks
    await vi.waitFor(() => expect(runs()[0]).toMatchObject({ status: "preparing", spec: onXquad }));
    expect(store.getState().waiting).toEqual([]);
  });

  it("waits for other work that has the device, which lets it go first and never takes a device that is not free", async () => {
    const { store, runs, tell } = bench();
    const { occupy, vacate } = store.getState();
    const work = { name: "Triangle", words: "run 1 of 30" };
    expect(occupy(work)).toBe(true);
    await ask(store);
    await begin(store); // in place of a run that is going on: there is none
    expect([runs().length, store.getState().waiting.length]).toEqual([0, 2]);
    expect(occupy({ ...work, words: "run 2 of 30" })).toBe(true); // it goes on, and says how far it is
    expect(store.getState().otherWork?.words).toBe("run 2 of 30");
    vacate();
    await vi.waitFor(() => expect(runs().map(({ status }) => status)).toEqual(["preparing"]));
    expect(occupy(work)).toBe(false); // one is going on, one waits
    store.getState().dropWaiting();
    tell({ type: "finished", runId: runs()[0]!.id, reason: "completed", record: RECORD });
    await vi.waitFor(() => expect(store.getState().trainingId).toBeUndefined());
    expect(occupy(work)).toBe(true);
  });
});
