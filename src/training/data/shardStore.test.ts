// The store of dropped datasets on a stand-in for the private file system (Node has none) and in memory.
import { describe, expect, it } from "vitest";
import type { SidedRecord } from "../../core/data/records.ts";
import { readShard } from "./readShard.ts";
import { createMemoryStore, openShardStore, type ShardStore } from "./shardStore.ts";
import { writeShards } from "./writeShards.ts";

/** The part of FileSystemDirectoryHandle the store uses; a file changes when its writer closes, as in browsers. */
class FakeFolder {
  readonly entries = new Map<string, FakeFolder | { bytes: Uint8Array<ArrayBuffer> }>();

  getDirectoryHandle(name: string, { create = false } = {}) {
    if (create && !this.entries.has(name)) this.entries.set(name, new FakeFolder());
    const entry = this.entries.get(name);
    return entry instanceof FakeFolder ? Promise.resolve(entry) : Promise.reject(missing(name));
  }

  getFileHandle(name: string, { create = false } = {}) {
    if (create && !this.entries.has(name)) this.entries.set(name, { bytes: new Uint8Array() });
    const entry = this.entries.get(name);
    if (!entry || entry instanceof FakeFolder) return Promise.reject(missing(name));
    return Promise.resolve({
      getFile: () => Promise.resolve(new Blob([entry.bytes])),
      createWritable: () => {
        let next = new Uint8Array();
        return Promise.resolve({
          write: (bytes: Uint8Array) => Promise.resolve(void (next = bytes.slice())),
          close: () => Promise.resolve(void (entry.bytes = next)),
        });
      },
    });
  }

  removeEntry(name: string) {
    return this.entries.delete(name) ? Promise.resolve() : Promise.reject(missing(name));
  }

  async *keys() {
    yield* await Promise.resolve([...this.entries.keys()]);
  }
}

function missing(name: string) {
  return new DOMException(`${name} is not there`, "NotFoundError");
}

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
    expect(toy.entries.size).toBe(2); // the pointer and one generation
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
