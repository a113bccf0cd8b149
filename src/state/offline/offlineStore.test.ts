import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { PageFile } from "../../core/offline/pageFiles.ts";
import { QUICK_START } from "../../core/offline/quickStart.ts";
import { memoryCaches } from "../../testing/memoryCaches.ts";
import { openKeptPage } from "../../workers/offlineClient.ts";
import { createOfflineStore, EVERYTHING, VISIT } from "./offlineStore.ts";

const BASE = "https://lab.example/";
const { dataset, encoder, languages } = QUICK_START;
const TEXTS: Record<string, string> = {
  "index.html": "page",
  [`datasets/${dataset}/${languages[0]!}/a.jsonl.gz`]: "words",
  [`datasets/${dataset}/xx/a.jsonl.gz`]: "others",
  [`models/${encoder}/model.safetensors`]: "weights",
  "models/other/model.safetensors": "more",
};
const FILES = Object.entries(TEXTS).map(([path, text]): PageFile => ({
  path,
  bytes: text.length,
  sha256: createHash("sha256").update(text).digest("hex").slice(0, 16),
}));

function open({ hasRoom = true } = {}) {
  const memory = memoryCaches();
  const weights = new Map<string, number>();
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url.slice(BASE.length));
    return new Response(TEXTS[url.slice(BASE.length)] ?? "", { status: 200 });
  };
  const texts = new Map<string, string>();
  const store = createOfflineStore({
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  });
  store.connect({
    files: FILES,
    kept: openKeptPage({ base: BASE, caches: memory.caches, fetch }),
    whenQuiet: () => Promise.resolve(),
    keepWeights: async (name) => {
      if (hasRoom) weights.set(name, 1);
      return hasRoom;
    },
    listDownloads: async () => [...weights.keys()].map((id) => ({ id, bytes: 1, usedMs: 1 })),
    removeDownload: async (id) => void weights.delete(id),
  });
  const parts = () => store.getState().parts.map(({ id, bytes, keptBytes }) => [id, keptBytes, bytes]);
  return { ...memory, store, asked, weights, parts };
}

describe("what is kept for use without a network", () => {
  it("is after a visit the page and what the quick start reads, told part by part", async () => {
    const { store, parts, asked, weights } = open();
    await store.getState().keep(VISIT);
    expect(store.getState()).toMatchObject({
      standing: "ready",
      why: undefined,
      progress: undefined,
      quickStart: "here",
    });
    expect(parts()).toEqual([
      ["page", 4, 4],
      [`datasets/${dataset}`, 5, 11],
      [`models/${encoder}`, 7, 7],
      ["models/other", 0, 4],
    ]);
    expect([...weights.keys()]).toEqual([encoder]);
    expect(asked).toHaveLength(2);
    await store.getState().keep(VISIT); // the next visit fetches nothing
    expect(asked).toHaveLength(2);
  });

  it("is everything where a person asks, and less where they remove a part", async () => {
    const { store, parts } = open();
    await store.getState().keep(EVERYTHING);
    expect(parts().every(([, kept, all]) => kept === all)).toBe(true);
    await store.getState().remove(`datasets/${dataset}`);
    await store.getState().remove("models/other");
    expect(parts()).toEqual([
      ["page", 4, 4],
      [`datasets/${dataset}`, 0, 11],
      [`models/${encoder}`, 7, 7],
      ["models/other", 0, 4],
    ]);
  });

  it("stays removed at the next visit, until a person asks for it again", async () => {
    const { store, parts } = open();
    await store.getState().keep(VISIT);
    await store.getState().remove(`models/${encoder}`);
    await store.getState().keep(VISIT);
    expect(store.getState()).toMatchObject({ standing: "ready", quickStart: "removed" });
    expect(parts()[2]).toEqual([`models/${encoder}`, 0, 7]);
    await store.getState().keep(`models/${encoder}`);
    expect(store.getState()).toMatchObject({ standing: "ready", quickStart: "here" });
  });

  it("ends with one sentence where storage is full", async () => {
    const cut = open();
    cut.fill();
    await cut.store.getState().keep(VISIT);
    expect(cut.store.getState()).toMatchObject({
      standing: "failed",
      why: "This browser’s storage is full: free some space, or remove a set or an encoder",
      progress: undefined,
    });
    const { store } = open({ hasRoom: false });
    await store.getState().keep(VISIT);
    expect(store.getState().why).toBe(
      `models/${encoder}/model.safetensors could not be kept: this browser’s storage is full or refused`,
    );
  });

  it("stops where a person says so, with what is there", async () => {
    const { store, asked } = open();
    store.subscribe(({ progress }) => progress && progress.done > 0 && store.getState().stop());
    await store.getState().keep(EVERYTHING);
    expect(store.getState()).toMatchObject({ standing: "unasked", progress: undefined });
    expect(asked.length).toBeLessThan(FILES.length);
  });

  it("is said to be an earlier visit’s where the newest document is not here", async () => {
    const { store, caches } = open();
    const cache = await caches.open(`hybrid-batch-lab ${BASE}`);
    await cache.put(`${BASE}index.html?kept=0000000000000000`, new Response("old"));
    await store.getState().survey();
    expect(store.getState().isOlder).toBe(true);
    await store.getState().keep(VISIT);
    expect(store.getState().isOlder).toBe(false);
  });
});
