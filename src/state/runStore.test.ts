// Runs from click to storage, against workers in this process and an IndexedDB in memory.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recordJson } from "../core/export/recordJson.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { withPath, type ExperimentSpec } from "../core/spec/spec.ts";
import { settle } from "../testing/fakeLab.ts";
import { begin, bench, CADENCE, HYBRID, multi, RECORD, rest } from "../testing/runBench.ts";
import { DB_NAME, openRunStorage } from "./run/runStorage.ts";
import { UNDO_MS } from "./runs/removal.ts";
import { detailOf } from "./run/run.ts";
import { DETAILS_KEPT } from "./runs/selection.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory(); // a browser that has never been here
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a run", () => {
  it("is started with the draft, fills from events, and ends with its record", async () => {
    const { store, runs, tell, asked } = bench();
    await begin(store);
    const { id } = runs()[0]!;
    expect(asked.find(({ name }) => name === "start")?.params).toEqual({
      runId: id,
      spec: DEFAULT_SPEC,
      paused: false,
      cadence: CADENCE,
    });
    expect(runs()[0]).toMatchObject({ name: "Hybrid", status: "preparing" });
    tell({ type: "state", runId: id, state: "running" });
    tell({ type: "points", runId: id, points: multi(0, 0.1) });
    tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await settle();
    expect(runs()[0]).toMatchObject({ status: "finished", detail: { record: { digest: RECORD.digest } } });
    expect(store.getState()).toMatchObject({ trainingId: undefined, weightsId: id, selectedId: id });
  });

  it("is named and coloured unlike the others", async () => {
    const { store, runs } = bench();
    await begin(store);
    await begin(store);
    expect(runs().map(({ name }) => name)).toEqual(["Hybrid (2)", "Hybrid"]);
    expect(new Set(runs().map(({ colour }) => colour)).size).toBe(2);
    expect(runs()[1]!.status).toBe("stopped"); // the worker drops its weights
  });

  it("is not started with a spec that contradicts itself", async () => {
    const alone = withPath(DEFAULT_SPEC, "languages.train", { en: 1 });
    const spec: ExperimentSpec = withPath(alone, "languages.heldOut", []);
    const { store, runs } = bench();
    await store.getState().start(spec, HYBRID);
    expect(runs()).toEqual([]);
    expect(store.getState().notice).toMatch(/^Batch mix: cross-lingual/);
  });

  it("fails with the worker's sentence when it is refused, and when the worker dies", async () => {
    const refusing = bench(
      {},
      {
        start: () => {
          throw new Error("encoder e5 is not here");
        },
      },
    );
    await begin(refusing.store);
    expect(refusing.store.getState()).toMatchObject({
      runs: [], // nothing was trained: the reason is all that is left
      trainingId: undefined,
      latestId: undefined,
      failedStart: { name: "Hybrid", message: "encoder e5 is not here" },
    });

    const { store, runs, tell, crash } = bench();
    await begin(store);
    tell({ type: "points", runId: runs()[0]!.id, points: multi(3, 0.1) });
    await settle();
    crash("out of memory");
    expect(runs()[0]!.status).toBe("failed");
    expect(runs()[0]!.error!.message).toContain("out of memory");
    expect(detailOf(runs()[0]).points.size).toBe(1); // what was measured stays
    expect(store.getState().weightsId).toBeUndefined();
    expect(store.getState().latestId).toBe(store.getState().runs[0]!.id); // the training bar still says what happened
  });

  it("is paused, resumed, stepped and stopped only while it goes on", async () => {
    const { store, runs, tell, asked } = bench();
    const { pause, resume, step, stop } = store.getState();
    await pause();
    await begin(store);
    await pause();
    await resume();
    await step();
    tell({ type: "state", runId: runs()[0]!.id, state: "paused" });
    tell({ type: "matrix", runId: runs()[0]!.id, step: 0, matrix: { en: { en: 0.1 } } });
    await settle();
    await stop();
    expect(runs()[0]!.live!.stopRequested).toBe(true);
    tell({ type: "finished", runId: runs()[0]!.id, reason: "stopped", record: RECORD });
    await settle();
    await resume();
    expect(asked.map(({ name }) => name)).toEqual(["start", "pause", "resume", "step", "stop"]);
  });

  it("is ended at once while it prepares, and by a second Stop, whatever the worker does", async () => {
    const silent = { stop: () => new Promise<null>(() => undefined) }; // the worker never answers
    for (const state of ["preparing", "running", "paused"] as const) {
      const { store, runs, tell, asked } = bench({}, silent);
      await begin(store);
      const { id } = runs()[0]!;
      if (state !== "preparing") {
        tell({ type: "matrix", runId: id, step: 0, matrix: { en: { en: 0.1 } } });
        tell({ type: "state", runId: id, state });
      }
      await settle();
      void store.getState().stop();
      if (state !== "preparing") void store.getState().stop();
      expect(runs()[0]).toMatchObject({ status: "stopped", live: { stopRequested: false } });
      expect(store.getState().trainingId).toBeUndefined();
      expect(asked.at(-1)).toMatchObject({ name: "replaceTrainer" });
      tell({ type: "state", runId: id, state: "running" }); // a late word
      await settle();
      expect(runs()[0]!.status).toBe("stopped");
    }
  });

  it("that was ended at once may go on from its snapshot, if it had one", async () => {
    const { store, runs, tell } = bench();
    await begin(store);
    tell({ type: "snapshot", runId: runs()[0]!.id, step: 7 });
    await settle();
    void store.getState().stop();
    expect(runs()[0]).toMatchObject({ status: "interrupted", snapshotStep: 7 });
  });

  it("goes on from its snapshot by itself when its worker fell silent or its device was lost, once from each", async () => {
    const { store, runs, tell, asked, client } = bench();
    await begin(store);
    const { id } = runs()[0]!;
    const starts = () => asked.filter(({ name }) => name === "start");
    const silent = {
      kind: "device",
      name: "WorkerSilent",
      message: "It was silent; start the run again",
    } as const;
    const lost = { kind: "device", name: "DeviceLostError", message: "The device was lost" } as const;
    tell({ type: "state", runId: id, state: "running" });
    tell({ type: "snapshot", runId: id, step: 7 });
    await settle();
    client.replaceTrainer(silent);
    await settle();
    expect(starts()[1]).toMatchObject({ params: { runId: id, goOn: true, paused: false } });
    expect(runs()[0]!.status).toBe("preparing");
    expect(store.getState().notice).toBe("It was silent: “Hybrid” goes on from its snapshot of step 7.");
    tell({ type: "state", runId: id, state: "running" });
    tell({ type: "snapshot", runId: id, step: 9 });
    tell({ type: "failed", runId: id, error: lost });
    await settle();
    expect(starts()).toHaveLength(3);
    expect(runs()[0]!.status).toBe("preparing");
    client.replaceTrainer(silent); // no step further: it would go round for ever
    expect(runs()[0]).toMatchObject({ status: "failed", error: silent, snapshotStep: 9 });
    expect(starts()).toHaveLength(3);
  });

  it("without a snapshot fails with the sentence of its lost device", async () => {
    const { store, runs, tell } = bench();
    await begin(store);
    const lost = { kind: "device", name: "DeviceLostError", message: "The device was lost" } as const;
    tell({ type: "points", runId: runs()[0]!.id, points: multi(3, 0.1) });
    tell({ type: "failed", runId: runs()[0]!.id, error: lost });
    await settle();
    expect(runs()[0]).toMatchObject({ status: "failed", error: lost });
    expect(store.getState().trainingId).toBeUndefined();
  });

  it("started by a single step takes that step as soon as it is ready", async () => {
    const { store, runs, tell, asked } = bench();
    await store.getState().start(DEFAULT_SPEC, { ...HYBRID, begin: "oneStep" });
    expect(asked.at(-1)).toMatchObject({ name: "start", params: { paused: true } });
    tell({ type: "state", runId: runs()[0]!.id, state: "paused" });
    tell({ type: "state", runId: runs()[0]!.id, state: "paused" });
    await settle();
    await settle();
    expect(asked.filter(({ name }) => name === "step")).toHaveLength(1);
  });
});

describe("runs of earlier visits", () => {
  it("come back: finished ones whole, one that was cut off as interrupted, points on demand", async () => {
    const first = bench();
    await first.store.getState().open();
    await begin(first.store);
    const done = first.runs()[0]!.id;
    first.tell({ type: "points", runId: done, points: RECORD.points });
    first.tell({ type: "finished", runId: done, reason: "completed", record: RECORD });
    await settle();
    first.store.getState().rename(done, "  The   good one ");
    first.store.getState().toggleStar(done);
    await begin(first.store);
    const cut = first.runs()[0]!.id;
    first.tell({ type: "points", runId: cut, points: multi(0, 0.1) });
    await settle();
    first.store.saveWaiting(); // the page is being hidden
    await rest();

    const { store, runs } = bench();
    await store.getState().open();
    await rest();
    expect(runs().map(({ status }) => status)).toEqual(["interrupted", "finished"]);
    expect(runs()[1]).toMatchObject({ name: "The good one", starred: true, detail: { state: "stored" } });
    expect(runs()[1]!.digest).toBe(RECORD.digest);
    expect(runs()[1]!.summary["map/multi"]).toEqual({ before: 0.1, now: 0.3, step: DEFAULT_SPEC.steps });
    expect(runs()[0]).toMatchObject({ detail: { state: "loaded" } }); // the newest is shown
    expect(detailOf(runs()[0]).points.size).toBe(1);
    expect(detailOf(await store.getState().loadDetail(done)).record).toEqual(RECORD);
  });

  it("are listed as unreadable where broken, kept, and deletable", async () => {
    const first = bench();
    await first.store.getState().open();
    await begin(first.store);
    await rest();
    const db = await openDB(DB_NAME);
    await db.put("runs", { format: 1, name: 7 }, "broken");
    db.close();

    const second = bench();
    await second.store.getState().open();
    expect(second.runs()).toHaveLength(1);
    expect(second.store.getState().unreadable).toMatchObject([{ id: "broken" }]);
    second.store.getState().removeUnreadable("broken");
    await rest();
    const third = bench();
    await third.store.getState().open();
    expect(third.store.getState().unreadable).toEqual([]);
  });

  it("are listed as going on elsewhere while another tab trains them, and left alone", async () => {
    const first = bench();
    await first.store.getState().open();
    await begin(first.store);
    await rest();
    const { id } = first.runs()[0]!;
    const { store, runs, asked } = bench(
      { goingElsewhere: () => Promise.resolve(new Set([id])) },
      { listSnapshots: () => [{ runId: id, step: 20 }] },
    );
    await store.getState().open();
    await store.getState().goOn(id);
    store.getState().remove([id]);
    expect(runs()).toMatchObject([{ id, status: "preparing", elsewhere: true }]);
    expect(asked.some(({ name }) => name === "start")).toBe(false);
  });

  it("are not needed: without storage the page says so and trains", async () => {
    const { store, runs } = bench({ openStorage: () => Promise.reject(new Error("blocked")) });
    await store.getState().open();
    expect(store.getState().notice).toBe("Runs are not saved: blocked.");
    await begin(store);
    expect(runs()).toHaveLength(1);
  });
});

describe("storage that answers late", () => {
  it("is said to be silent, then takes in what is there and what was begun meanwhile", async () => {
    const before = bench({ newId: () => "earlier" });
    await before.store.getState().open();
    await begin(before.store);
    await rest();
    let openLate = () => Promise.resolve();
    const { store, runs } = bench({
      openStorage(events) {
        openLate = async () => events.onLate(await openRunStorage(events));
        return Promise.reject(new Error("it does not answer"));
      },
    });
    await store.getState().open();
    expect(store.getState()).toMatchObject({
      notice: "Runs are not saved: it does not answer.",
      storage: "open",
    });
    await begin(store);
    await openLate();
    await rest();
    expect(runs()).toHaveLength(2);
    expect(store.getState().notice).toBeUndefined();
    const later = bench();
    await later.store.getState().open();
    expect(later.runs()).toHaveLength(2);
  });

  it("and one that is full say so with the name of the run and what to do", async () => {
    const { store } = bench({
      async openStorage(events) {
        const full = () => Promise.reject(new Error("There is no room left; remove datasets"));
        return { ...(await openRunStorage(events)), save: full };
      },
    });
    await store.getState().open();
    await begin(store);
    await rest();
    expect(store.getState().notice).toBe(
      "“Hybrid” could not be saved: There is no room left; remove datasets. Export it to keep it.",
    );
  });
});

describe("details of runs", () => {
  const record = (n: number) => recordJson({ ...RECORD, digest: String(n).padStart(64, "0") });
  const file = (n: number) => new File([record(n)], `run${n}.json`);

  it("are let go in turn, those shown or not in storage never, and come back when they are shown", async () => {
    const { store, runs } = bench();
    await store.getState().open();
    const many = DETAILS_KEPT + 3;
    for (let n = 0; n < many; n++) {
      await store.getState().importRuns([file(n)]);
      await rest();
    }
    const loaded = () =>
      runs()
        .filter(({ detail }) => detail.state === "loaded")
        .map(({ name }) => Number(name.slice(3)));
    // The last one is shown; of the ten before it the last eight are kept.
    expect(loaded()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2]);
    store.getState().toggleOverlay(runs().at(-1)!.id);
    await rest();
    expect(loaded()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 0]);
    expect(detailOf(runs().at(-1)).record?.digest).toBe("0".repeat(64));
    // More than are kept, all held for a comparison, come and stay together.
    const all = runs().map(({ id }) => id);
    store.getState().hold(all);
    await rest();
    expect(loaded()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    store.getState().hold([]);
    await store.getState().loadDetail(all[0]!);
    expect(loaded()).toHaveLength(2 + DETAILS_KEPT); // the two that are shown, and the last ones besides
    await store.getState().importRuns([file(1)]); // let go, yet known
    expect(runs()).toHaveLength(many);
    expect(store.getState().notice).toContain("already here");
  });

  it("stay where nothing is saved", async () => {
    const { store, runs } = bench({ openStorage: () => Promise.reject(new Error("blocked")) });
    await store.getState().open();
    for (let n = 0; n < DETAILS_KEPT + 3; n++) await store.getState().importRuns([file(n)]);
    expect(runs().every(({ detail }) => detail.state === "loaded")).toBe(true);
  });
});

describe("deleting", () => {
  it("can be undone for ten seconds, then it is final", async () => {
    const { store, runs, tell } = bench();
    await store.getState().open();
    await begin(store);
    const { id } = runs()[0]!;
    store.getState().remove([id]);
    expect(runs()).toHaveLength(1); // still training
    tell({ type: "finished", runId: id, reason: "completed", record: RECORD });
    await settle();
    await rest();

    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    store.getState().remove([id]);
    expect(runs()).toEqual([]);
    store.getState().undoRemove();
    expect(runs().map((run) => run.id)).toEqual([id]);
    vi.advanceTimersByTime(UNDO_MS + 1);
    expect(runs()).toHaveLength(1);
    store.getState().remove([id]);
    vi.advanceTimersByTime(UNDO_MS + 1);
    expect(store.getState().removed).toBeUndefined();
    vi.useRealTimers();
    await rest();
    const later = bench();
    await later.store.getState().open();
    expect(later.runs()).toEqual([]);
  });
});
