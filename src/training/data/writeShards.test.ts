// What the writer takes the reader gives back; what the reader would refuse is refused before the set is there.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_SHARD_BYTES } from "../../core/data/manifest.ts";
import type { PassageRecord, QueryRecord, SidedRecord } from "../../core/data/records.ts";
import { readShard } from "./readShard.ts";
import type { ShardSink } from "./shardSource.ts";
import { createMemoryStore } from "./shardStore.ts";
import { writeShards, type DatasetFacts } from "./writeShards.ts";

const FACTS: DatasetFacts = { id: "toy", title: "", licence: "", citation: "", source: "" };

const passage = (more: Partial<PassageRecord> = {}): SidedRecord => ({
  side: "passages",
  record: { _id: "p", text: "text", lang: "en", concepts: ["c"], split: "train", ...more },
});
const query = (more: Partial<QueryRecord> = {}): SidedRecord => ({
  side: "queries",
  record: { _id: "q", text: "text", lang: "en", concept: "c", split: "train", ...more },
});

async function write(records: Parameters<typeof writeShards>[1], facts = FACTS) {
  const store = createMemoryStore(null);
  const written = await writeShards(facts, records, await store.sink("toy"));
  const source = store.source("toy");
  const manifest = await source.manifest(); // parsed and hashed as any other
  expect(manifest).toEqual(written);
  const shards = await Promise.all(manifest.shards.map((shard) => readShard(source, shard)));
  return { manifest, rows: shards.flat() };
}

describe("what is written can be read", () => {
  it("for whatever records the writer takes", async () => {
    const name = fc.string({ unit: "binary", maxLength: 3 }); // "" too
    const record = fc.record({
      id: name,
      text: fc.string({ unit: "binary", maxLength: 4 }),
      concepts: fc.array(name, { maxLength: 3 }),
      grades: fc.array(fc.constantFrom(0, 1, 2, 255, 256, 1.5), { minLength: 3, maxLength: 3 }),
      isGraded: fc.boolean(),
    });
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(record, async ({ id, text, concepts, grades, isGraded }) => {
        const own = grades.slice(0, concepts.length);
        const given = passage({ _id: id, text, concepts, ...(isGraded && { grades: own }) });
        const { rows } = await write([given]).catch((error: Error) => {
          expect(error.message).toContain("toy: passages record"); // by the writer, not by the reader
          return { rows: [] };
        });
        if (rows.length === 0) return;
        kept++;
        const graded = isGraded && own.some((grade) => grade !== 1);
        expect(rows).toEqual([{ id, text, concepts, ...(graded && { grades: own }) }]);
      }),
      { numRuns: 100 },
    );
    expect(kept).toBeGreaterThan(10);
  });

  it.each<[string, SidedRecord, string]>([
    ["no _id", query({ _id: "" }), 'toy: queries record "": _id is empty'],
    ["no concept", query({ concept: "" }), 'toy: queries record "q": concept is empty'],
    ["a cluster without a name", query({ cluster: "" }), 'toy: queries record "q": cluster is empty'],
    ["a concept twice", passage({ concepts: ["c", "d", "c"] }), 'record "p": has the concept "c" twice'],
    [
      "a grade below 1",
      passage({ grades: [0] }),
      'record "p": grade is 0, must be a whole number from 1 to 255',
    ],
    [
      "a text that no shard can hold",
      passage({ text: "x".repeat(MAX_SHARD_BYTES) }),
      'record "p": is longer than the 16 MiB a shard may have',
    ],
  ])("not for a record with %s", async (_, record, message) => {
    const store = createMemoryStore(null);
    await expect(writeShards(FACTS, [record], await store.sink("toy"))).rejects.toThrow(message);
    expect(await store.list()).toEqual([]);
  });

  it("for one text of megabytes, in a shard of its own", async () => {
    const text = "x".repeat(3 * 2 ** 20);
    const { manifest, rows } = await write([
      passage({ _id: "a" }),
      passage({ _id: "b", text }),
      passage({ _id: "c" }),
    ]);
    expect(manifest.shards.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(rows[1]!.text.length).toBe(text.length);
  });
});

describe("the manifest", () => {
  it("lists languages as they are sorted where none are given, and all that are given", async () => {
    const records = [passage({ _id: "1", lang: "sw" }), passage({ _id: "2", lang: "de" })];
    expect((await write(records)).manifest.languages).toEqual(["de", "sw"]);
    const given = await write(records, { ...FACTS, languages: ["sw", "en", "de"] });
    expect(given.manifest.languages).toEqual(["sw", "en", "de"]);
    expect(given.manifest.shards.map(({ lang }) => lang)).toEqual(["sw", "de"]);
  });

  it("of no record at all is a set without shards", async () => {
    const { manifest } = await write([]);
    expect(manifest).toMatchObject({ languages: [], concepts: 0, shards: [] });
  });

  it("carries what was left out, which is no part of what the set is", async () => {
    const store = createMemoryStore(null);
    const left: string[] = [];
    const records = function* () {
      left.push("Left out: 2 rows"); // known only once they were read
      yield passage();
    };
    const noted = await writeShards(FACTS, records(), await store.sink("toy"), undefined, () => left);
    expect(noted.notes).toEqual(["Left out: 2 rows"]);
    const { manifest } = await write([passage()]);
    expect(manifest.notes).toBeUndefined();
    expect(manifest.sha256).toBe(noted.sha256);
  });

  it("counts the same _id on either side, and a concept asked for and answered, once each", async () => {
    const records = [passage({ _id: "same" }), query({ _id: "same" }), query({ _id: "other", concept: "d" })];
    const { manifest, rows } = await write(records);
    expect([manifest.concepts, rows.length]).toEqual([2, 3]);
  });
});

describe("a writing that ends early", () => {
  function recorder(failAt?: string): ShardSink & { calls: string[] } {
    const calls: string[] = [];
    const note = (call: string) => {
      calls.push(call);
      return call === failAt ? Promise.reject(new Error(`${call} failed`)) : Promise.resolve();
    };
    return {
      calls,
      write: (path) => note(`write ${path}`),
      commit: () => note("commit"),
      abort: () => note("abort"),
    };
  }
  const FIRST = "write en/passages.train.0.jsonl.gz";

  it.each([[FIRST], ["commit"]])("because %s failed leaves nothing", async (failAt) => {
    const sink = recorder(failAt);
    await expect(writeShards(FACTS, [passage()], sink)).rejects.toThrow(`${failAt} failed`);
    expect(sink.calls.at(-1)).toBe("abort");
    expect(sink.calls.includes("commit")).toBe(failAt === "commit");
  });

  it("because it was told to reads no further record", async () => {
    const sink = recorder();
    const controller = new AbortController();
    let read = 0;
    const records = function* () {
      for (; ; read++) {
        if (read === 3) controller.abort(new Error("left the page"));
        yield passage({ _id: String(read) });
      }
    };
    await expect(writeShards(FACTS, records(), sink, controller.signal)).rejects.toThrow("left the page");
    expect([read, sink.calls]).toEqual([3, ["abort"]]);
  });

  it("because its records ended in an error tells that error, and ends them", async () => {
    const sink = recorder();
    let ended = false;
    async function* records() {
      try {
        yield await Promise.resolve(passage());
        yield passage(); // used twice
      } finally {
        ended = true;
      }
    }
    await expect(writeShards(FACTS, records(), sink)).rejects.toThrow("_id is used twice");
    expect([ended, sink.calls]).toEqual([true, ["abort"]]);
  });
});
