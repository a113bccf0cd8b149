// Datasets out of one browser's store and into another's: verified, kept once, never over what is there.
import { expect, it } from "vitest";
import type { SidedRecord } from "../../core/data/records.ts";
import { createMemoryStore } from "../../training/data/shardStore.ts";
import { writeShards } from "../../training/data/writeShards.ts";
import { memoryModels } from "../../training/pretrained/modelStore.ts";
import { keepHandlers } from "./keepHost.ts";

const FACTS = { id: "toy", title: "Toy", licence: "", citation: "", source: "", languages: ["en"] };
const passages = (...texts: string[]): SidedRecord[] =>
  texts.map((text, i) => ({
    side: "passages",
    record: { _id: `en:${i}`, text, lang: "en", concepts: ["c"], split: "train" },
  }));

async function browserWith(...texts: string[]) {
  const store = createMemoryStore(null);
  if (texts.length > 0) await writeShards(FACTS, passages(...texts), await store.sink("toy"));
  const handlers = keepHandlers({
    store: Promise.resolve(store),
    models: Promise.resolve(memoryModels(null)),
    isEmbedded: (id) => id === "cldr-emoji",
  });
  return { store, ...handlers };
}
const keptIn = async (browser: Awaited<ReturnType<typeof browserWith>>) => {
  const { datasets } = await browser.listKept(null);
  return { where: "b.tar", manifest: datasets[0]!.manifest, shards: datasets[0]!.shards };
};

it("takes a dataset to another browser, once, and beside another one of its name", async () => {
  const kept = await keptIn(await browserWith("one", "two"));
  const empty = await browserWith();
  expect(await empty.restoreDataset(kept)).toEqual({ outcome: "added", name: "Toy" });
  expect(await empty.restoreDataset(kept)).toEqual({ outcome: "there", name: "Toy" });
  const other = await browserWith("three");
  const { sha256 } = await empty.store.source("toy").manifest();
  const copy = `toy-${sha256.slice(0, 8)}`;
  expect(await other.restoreDataset(kept)).toEqual({ outcome: "copied", name: copy });
  expect(await other.restoreDataset(kept)).toEqual({ outcome: "there", name: "Toy" });
  expect(await other.store.list()).toEqual(["toy", copy]);
});

it("refuses what is cut, altered or comes with the page, and leaves nothing of it", async () => {
  const kept = await keptIn(await browserWith("one", "two"));
  const { store, restoreDataset } = await browserWith();
  await expect(restoreDataset({ ...kept, shards: [] })).rejects.toThrow(
    /^b.tar: .* is not in the backup, which may have been cut$/,
  );
  const bytes = new Uint8Array(await kept.shards[0]!.arrayBuffer());
  bytes[bytes.length >> 1]! ^= 1;
  await expect(restoreDataset({ ...kept, shards: [new Blob([bytes])] })).rejects.toThrow(
    /^b.tar\/.*sha256 is/,
  );
  const text = await kept.manifest.text();
  const named = (id: string) => new Blob([text.replace('"id": "toy"', `"id": "${id}"`)]);
  await expect(restoreDataset({ ...kept, manifest: named("boy") })).rejects.toThrow(/one was changed$/);
  await expect(restoreDataset({ ...kept, manifest: new Blob(["{}"]) })).rejects.toThrow(/^b.tar: /);
  expect(await store.list()).toEqual([]);
});

it("refuses an encoder that is none, or whose name is none", async () => {
  const { restoreEncoder } = await browserWith();
  const files = [{ path: "config.json", file: new Blob(["{}"]) }];
  await expect(restoreEncoder({ where: "b.tar", name: "../x", files })).rejects.toThrow(
    "b.tar: “../x” is no name for an encoder",
  );
  await expect(restoreEncoder({ where: "b.tar", name: "mine", files })).rejects.toThrow(/mine/);
});
