// The store of dropped datasets on a stand-in for the private file system (Node has none) and in memory.
import { describe, expect, it } from "vitest";
import type { SidedRecord } from "../../core/data/records.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import { readShard } from "./readShard.ts";
import { createMemoryStore, openShardStore, type ShardStore } from "./shardStore.ts";
import { writeShards } from "./writeShards.ts";

function openFake(root = new FakeFolder()): Promise<ShardStore> {
  return openShardStore(() => Promise.resolve(root as unknown as FileSystemDirectoryHandle)); // the part it uses
}

function passages(...texts: string[]): SidedRecord[] {
  return texts.map((text, i) => ({
    side: "passages",
    record: { _id: `en:${i}`, text, lang: "en", concepts: ["c"], split: "train" },
  }));
}

const FACTS = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en"] };

async function textsIn(store: ShardStore) {
  const source = store.source("toy");
  const { shards } = await source.manifest();
  const rows = await Promise.all(shards.map((shard) => readShard(source, shard)));
  return rows.flat().map(({ text }) => text);
}

describe.each([
  ["private file system", openFake],
  ["memory", () => Promise.resolve(createMemoryStore("until the page closes"))],
])("a store in %s", (_, open) => {
  it("gives back what was written, under its id", async () => {
    const store = await open();
    const manifest = await writeShards(FACTS, passages("one", "two"), await store.sink("toy"));
    expect(await store.list()).toEqual(["toy"]);
    expect(await store.source("toy").manifest()).toEqual(manifest);
    expect(await textsIn(store)).toEqual(["one", "two"]);
  });

  it("keeps the old dataset until the new one is whole, also when writing fails", async () => {
    const store = await open();
    await writeShards(FACTS, passages("old"), await store.sink("toy"));
    await expect(writeShards(FACTS, passages("new", " "), await store.sink("toy"))).rejects.toThrow("empty");
    expect(await textsIn(store)).toEqual(["old"]);
    await writeShards(FACTS, passages("newer"), await store.sink("toy"));
    expect(await textsIn(store)).toEqual(["newer"]);
  });

  it("says what to do about a dataset that is not there", async () => {
    const store = await open();
    await expect(store.source("toy").manifest()).rejects.toThrow(/^toy.*on the page again$/);
    const sink = await store.sink("toy");
    expect(await store.list()).toEqual([]); // not committed
    await sink.abort();
    await sink.abort();
  });

  it("removes a dataset", async () => {
    const store = await open();
    await writeShards(FACTS, passages("one"), await store.sink("toy"));
    await store.remove("toy");
    expect(await store.list()).toEqual([]);
  });
});

describe("the private file system", () => {
  it("is found again by a later page, with the old generation gone", async () => {
    const root = new FakeFolder();
    await writeShards(FACTS, passages("old"), await (await openFake(root)).sink("toy"));
    await writeShards(FACTS, passages("new"), await (await openFake(root)).sink("toy"));
    const later = await openFake(root);
    expect(later.note).toBeNull();
    expect(await textsIn(later)).toEqual(["new"]);
    const toy = await (await root.getDirectoryHandle("datasets")).getDirectoryHandle("toy");
    expect(toy.children.size).toBe(2); // the pointer and one generation
  });

  it("gives way to memory with a note when the browser refuses it", async () => {
    const store = await openShardStore(() => Promise.reject(new Error("private window")));
    expect(store.note).toBe(
      "Datasets are kept in memory until the page closes: no private storage (private window).",
    );
    await writeShards(FACTS, passages("one"), await store.sink("toy"));
    expect(await textsIn(store)).toEqual(["one"]);
  });
});
