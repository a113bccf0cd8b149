// Datasets of the page: the list, imports with their progress, downloads that fail.
import { describe, expect, it } from "vitest";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import { createFakeLab, settle } from "../testing/fakeLab.ts";
import { NO_TABS } from "../testing/runBench.ts";
import { createDatasetStore } from "./datasetStore.ts";
import { createWorkersStore } from "./workersStore.ts";

const DATASET = { id: "mine", title: "Mine" } as DatasetInfo; // only handed through

function storeOf(answers: Parameters<typeof createFakeLab>[0] = {}) {
  const fake = createFakeLab(answers);
  return {
    store: createDatasetStore(
      createWorkersStore(() => fake.client),
      NO_TABS,
    ),
    fake,
  };
}

describe("datasetStore", () => {
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
    await store.getState().refresh();
    expect(store.getState()).toMatchObject({
      status: "failed",
      error: "catalog.json is missing",
    });
    fails = false;
    await store.getState().refresh();
    expect(store.getState()).toMatchObject({
      datasets: [DATASET],
      notes: ["one was left out"],
      unfinished: [{ id: "mine", bytes: 5 }],
    });
    expect(store.getState().error).toBeUndefined();
  });

  it("imports files with progress, and tells a failure in one sentence", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { store, fake } = storeOf({ importFiles: async () => (await held, DATASET) });
    const adding = store.getState().importFiles([{ path: "a.json", file: new File(["{}"], "a.json") }]);
    await settle();
    fake.tellData({
      type: "importing",
      message: "Reading a.json",
      progress: { phase: "download", done: 1, total: 2, unit: "bytes" },
      texts: 3,
    });
    await settle();
    const importing = { message: "Reading a.json", progress: { done: 1 }, texts: 3 };
    expect(store.getState().importing).toMatchObject(importing);
    release();
    expect(await adding).toEqual(DATASET);
    expect(store.getState().importing).toBeUndefined();

    const refusing = storeOf();
    expect(await refusing.store.getState().importFiles([])).toBeUndefined();
    expect(refusing.store.getState().importError).toEqual({ message: "not a dataset" });
  });

  it("says which set a download is about, and lists what a failed one left", async () => {
    const { store, fake } = storeOf();
    const asking = store.getState().download("mine", "Mine", ["sw"]);
    expect(store.getState().importing).toEqual({ message: "Downloading Mine", about: "mine" });
    await asking;
    expect(store.getState().importError).toEqual({ message: "not reachable", about: "mine" });
    await store.getState().discardDownload("mine");
    expect(fake.asked.map(({ name }) => name)).toEqual(["download", "list", "discardDownload", "list"]);
    expect(store.getState().importError).toBeUndefined();
  });
});
