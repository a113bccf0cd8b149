// The page's link to its workers: datasets, imports, crashes and fresh starts.
import { describe, expect, it } from "vitest";
import { createFakeLab, settle, type FakeLab } from "../testing/fakeLab.ts";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import { createLabStore } from "./labStore.ts";

const DATASET = { id: "mine", title: "Mine" } as DatasetInfo; // only handed through

function storeOf(answers: Parameters<typeof createFakeLab>[0] = {}) {
  const fakes: FakeLab[] = [];
  const store = createLabStore(() => {
    const fake = createFakeLab(answers);
    fakes.push(fake);
    return fake.client;
  });
  return { store, fakes };
}

describe("labStore", () => {
  it("starts no worker before it is needed, then one pair for all", async () => {
    const { store, fakes } = storeOf();
    expect(fakes).toHaveLength(0);
    await store.getState().refreshDatasets();
    await store.getState().refreshDatasets();
    expect(fakes).toHaveLength(1);
  });

  it("lists datasets, or says why not and recovers", async () => {
    let fails = true;
    const { store } = storeOf({
      list: () => {
        if (fails) throw new Error("catalog.json is missing");
        return {
          datasets: [DATASET],
          catalog: [],
          notes: ["one was left out"],
          tokenBytes: 7,
          unfinished: [{ id: "mine", bytes: 5 }],
        };
      },
    });
    await store.getState().refreshDatasets();
    expect(store.getState()).toMatchObject({
      datasetsState: "failed",
      datasetsError: "catalog.json is missing",
    });
    fails = false;
    await store.getState().refreshDatasets();
    expect(store.getState()).toMatchObject({
      datasets: [DATASET],
      datasetNotes: ["one was left out"],
      unfinished: [{ id: "mine", bytes: 5 }],
    });
    expect(store.getState().datasetsError).toBeUndefined();
  });

  it("imports files with progress, and tells a failure in one sentence", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { store, fakes } = storeOf({ importFiles: async () => (await held, DATASET) });
    const adding = store.getState().importFiles([{ path: "a.json", file: new File(["{}"], "a.json") }]);
    await settle();
    fakes[0]!.tellData({
      type: "importing",
      message: "Reading a.json",
      progress: { phase: "download", done: 1, total: 2, unit: "parts" },
    });
    await settle();
    expect(store.getState().importing).toMatchObject({ message: "Reading a.json", progress: { done: 1 } });
    release();
    expect(await adding).toEqual(DATASET);
    expect(store.getState().importing).toBeUndefined();

    const refusing = storeOf();
    expect(await refusing.store.getState().importFiles([])).toBeUndefined();
    expect(refusing.store.getState().importError).toEqual({ message: "not a dataset" });
  });

  it("says which set a download is about, and lists what a failed one left", async () => {
    const { store, fakes } = storeOf();
    const asking = store.getState().download("mine", "Mine", ["sw"]);
    expect(store.getState().importing).toEqual({ message: "Downloading Mine", about: "mine" });
    await asking;
    expect(store.getState().importError).toEqual({ message: "not reachable", about: "mine" });
    await store.getState().discardDownload("mine");
    expect(fakes[0]!.asked.map(({ name }) => name)).toEqual(["download", "list", "discardDownload", "list"]);
    expect(store.getState().importError).toBeUndefined();
  });

  it("tells a crash once, ends the workers and starts new ones on request", async () => {
    const { store, fakes } = storeOf();
    const lost: string[] = [];
    store.onWorkersLost((message) => void lost.push(message));
    await store.getState().refreshDatasets();
    fakes[0]!.crash("out of memory");
    fakes[0]!.crash("again");
    expect(store.getState().crash).toBe("out of memory");
    expect(lost).toEqual(["out of memory"]);
    expect(fakes[0]!.disposed()).toBe(true);
    await store.getState().restart();
    expect(store.getState().crash).toBeUndefined();
    expect(fakes).toHaveLength(2);
    expect(store.getState().datasetsState).toBe("ready");
  });

  it("passes no event on from workers that were ended", async () => {
    const { store, fakes } = storeOf();
    const heard: string[] = [];
    store.onTrainerEvent(({ type }) => void heard.push(type));
    await store.getState().refreshDatasets();
    fakes[0]!.tell({ type: "notice", runId: "r", message: "a" });
    await settle();
    await store.getState().restart();
    fakes[0]!.tell({ type: "notice", runId: "r", message: "b" });
    await settle();
    expect(heard).toEqual(["notice"]);
  });
});
