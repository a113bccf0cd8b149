// Round trips through writer and reader, and every way a shard can be wrong.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseManifest, type Manifest, type Shard } from "../../core/data/manifest.ts";
import type { SidedRecord, Split } from "../../core/data/records.ts";
import { pipeThrough, readShard } from "./readShard.ts";
import { collectBytes, manifestSha256, readManifest, sha256Hex, type ShardSource } from "./shardSource.ts";
import { createMemoryStore } from "./shardStore.ts";
import { SHARD_TEXT_BYTES, writeShards } from "./writeShards.ts";

const FACTS = {
  id: "toy",
  title: "Toy",
  licence: "CC0-1.0",
  citation: "none",
  source: "invented",
  languages: ["en", "sw"],
};

function passage(lang: string, i: number, text = `passage ${i}`, split: Split = "train"): SidedRecord {
  return { side: "passages", record: { _id: `${lang}:${i}`, text, lang, concepts: [`c${i}`], split } };
}

async function write(records: readonly SidedRecord[]) {
  const store = createMemoryStore(null);
  const manifest = await writeShards(FACTS, records, await store.sink("toy"));
  return { manifest, source: store.source("toy") };
}

/** A source whose only file is `bytes`, for the first shard of `manifest` changed by `claim`. */
function planted(manifest: Manifest, bytes: Uint8Array, claim: Partial<Shard> = {}) {
  const shard = { ...manifest.shards[0]!, ...claim };
  const source: ShardSource = {
    id: "toy",
    manifest: () => Promise.resolve(manifest),
    open: () => Promise.resolve(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()),
  };
  return readShard(source, shard);
}

const gzip = (text: Uint8Array) =>
  collectBytes(pipeThrough(text, new CompressionStream("gzip")), Infinity, () => new Error("never"));
const bytesOf = async ({ manifest, source }: { manifest: Manifest; source: ShardSource }) =>
  collectBytes(await source.open(manifest.shards[0]!), 1e9, () => new Error("never"));
/** What a manifest would rightly state for a file of these lines. */
async function claimsFor(text: Uint8Array) {
  const bytes = await gzip(text);
  const sizes = { bytes: bytes.byteLength, textBytes: text.byteLength };
  return { bytes, claim: { ...sizes, sha256: sha256Hex(bytes), textSha256: sha256Hex(text) } };
}

describe("writer and reader", () => {
  it("give back every record, in order, whatever the texts", async () => {
    const text = fc.string({ unit: "binary", minLength: 1 }).filter((t) => t.trim() !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (texts) => {
        const { manifest, source } = await write(texts.map((t, i) => passage("sw", i, t)));
        const rows = await readShard(source, manifest.shards[0]!);
        expect(rows).toEqual(texts.map((t, i) => ({ id: `sw:${i}`, text: t, concepts: [`c${i}`] })));
      }),
      { numRuns: 25 },
    );
  });

  it("order shards by language, side and split, not by arrival", async () => {
    const query: SidedRecord = {
      side: "queries",
      record: { _id: "sw:q", text: "?", lang: "sw", concept: "c1", split: "dev" },
    };
    const { manifest } = await write([
      passage("sw", 1),
      query,
      passage("en", 2, "x", "test"),
      passage("en", 1),
    ]);
    expect(manifest.shards.map(({ path, count }) => `${path} ${count}`)).toEqual([
      "en/passages.train.0.jsonl.gz 1",
      "en/passages.test.0.jsonl.gz 1",
      "sw/queries.dev.0.jsonl.gz 1",
      "sw/passages.train.0.jsonl.gz 1",
    ]);
    expect(manifest.concepts).toBe(2); // c1 asked for and answered, c2 answered
  });

  it("cut a long run of records into shards of bounded text", async () => {
    const text = "x".repeat(300_000);
    const { manifest, source } = await write(Array.from({ length: 10 }, (_, i) => passage("en", i, text)));
    // a line is 300,000 + about 50 bytes: six fit into 2 MiB = 2,097,152, a seventh does not
    expect(manifest.shards.map((s) => s.count)).toEqual([6, 4]);
    expect(manifest.shards.every((s) => s.textBytes <= SHARD_TEXT_BYTES)).toBe(true);
    expect((await readShard(source, manifest.shards[1]!))[0]!.id).toBe("en:6");
  });

  it("name equal content equally, whatever title and compression", async () => {
    const { manifest } = await write([passage("en", 1)]);
    const other = {
      ...manifest,
      title: "Another",
      shards: manifest.shards.map((s) => ({ ...s, bytes: 1, sha256: "0".repeat(64) })),
    };
    expect(manifestSha256(other)).toBe(manifest.sha256);
    expect((await write([passage("en", 1, "else")])).manifest.sha256).not.toBe(manifest.sha256);
  });

  it.each<[string, SidedRecord[], string]>([
    ["an id twice", [passage("en", 1), passage("en", 1)], 'passages record "en:1": _id is used twice'],
    ["another language", [passage("de", 1)], 'record "de:1": language "de" is not one of the dataset\'s'],
    ["an empty text", [passage("en", 1, " ")], 'record "en:1": text is empty'],
  ])("leave nothing behind after %s", async (_, records, message) => {
    const store = createMemoryStore(null);
    await expect(writeShards(FACTS, records, await store.sink("toy"))).rejects.toThrow(message);
    expect(await store.list()).toEqual([]);
  });
});

describe("a wrong shard", () => {
  it("is refused at any flipped byte and any cut", async () => {
    const written = await write([passage("en", 1), passage("en", 2)]);
    const bytes = await bytesOf(written);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const flipped = bytes.slice();
        flipped[at]! ^= flip;
        const where = /^toy\/en\/passages\.train\.0\.jsonl\.gz: /;
        await expect(planted(written.manifest, flipped)).rejects.toThrow(where);
        await expect(planted(written.manifest, bytes.slice(0, at))).rejects.toThrow(where);
      }),
    );
  });

  it("is accepted expanded, when a server sent it as gzip encoding, but not changed", async () => {
    const written = await write([passage("en", 1)]);
    const text = new TextEncoder().encode('{"_id":"en:1","text":"passage 1","lang":"en","concept":"c1"}\n');
    expect(await planted(written.manifest, text)).toHaveLength(1);
    text[20]! ^= 1;
    await expect(planted(written.manifest, text)).rejects.toThrow("text sha256 is");
  });

  it("is named with the line when a line is malformed", async () => {
    const { manifest } = await write([passage("en", 1)]);
    const good = '{"_id":"en:1","text":"t","lang":"en","concept":"c1"}\n';
    const { bytes, claim } = await claimsFor(new TextEncoder().encode(`${good}{"_id":\n${good}`));
    await expect(planted(manifest, bytes, { ...claim, count: 3 })).rejects.toThrow(
      'toy/en/passages.train.0.jsonl.gz line 2: is not JSON: {"_id":',
    );
  });

  it("is refused when it holds another number of records or no UTF-8", async () => {
    const { manifest } = await write([passage("en", 1)]);
    const good = '{"_id":"en:1","text":"t","lang":"en","concept":"c1"}\n';
    const two = await claimsFor(new TextEncoder().encode(good + good));
    await expect(planted(manifest, two.bytes, { ...two.claim, count: 3 })).rejects.toThrow(
      "2 lines, the manifest states 3 records",
    );
    const bad = await claimsFor(Uint8Array.of(0xff, 0xfe, 0x0a));
    await expect(planted(manifest, bad.bytes, bad.claim)).rejects.toThrow("is not UTF-8");
  });

  it("is stopped at the stated size when it expands without end", async () => {
    const { manifest } = await write([passage("en", 1)]);
    const { bytes, claim } = await claimsFor(new Uint8Array(16 * 2 ** 20)); // 16 MiB of zeros in 16 kB
    expect(bytes.byteLength).toBeLessThan(20_000);
    await expect(planted(manifest, bytes, { ...claim, textBytes: 1000 })).rejects.toThrow(
      "expands to more than the 1000 bytes its manifest states",
    );
  });

  it("does not start when already aborted", async () => {
    const { manifest, source } = await write([passage("en", 1)]);
    const aborted = AbortSignal.abort(new Error("left the page"));
    await expect(readShard(source, manifest.shards[0]!, aborted)).rejects.toThrow("left the page");
  });
});

describe("a wrong manifest", () => {
  it.each([
    "../secret.gz",
    "/etc/passwd",
    "en/../../x.gz",
    "en/./x.gz",
    "..",
    "en//x.gz",
    "a\\b.gz",
    "https://a.org/x.gz",
    "en/x.gz\n",
    "",
  ])("is refused for the path %j", async (path) => {
    const { manifest } = await write([passage("en", 1)]);
    const hostile = { ...manifest, shards: [{ ...manifest.shards[0]!, path }] };
    expect(() => parseManifest(hostile, "m.json")).toThrow("m.json: shards.0.path: must be a relative path");
  });

  it.each<[string, (m: Manifest) => object, string]>([
    ["a shard listed twice", (m) => ({ shards: [m.shards[0]!, m.shards[0]!] }), "is listed twice"],
    ["a language it lacks", () => ({ languages: ["sw"] }), 'has language "en", not in languages'],
    ["a giant shard", (m) => ({ shards: [{ ...m.shards[0]!, bytes: 1e12 }] }), "shards.0.bytes"],
    ["another schema", () => ({ schema: "hybrid-batch-lab/dataset@2" }), "schema"],
    ["a changed shard list", (m) => ({ shards: [{ ...m.shards[0]!, count: 2 }] }), "one was changed"],
  ])("is refused for %s", async (_, change, message) => {
    const { manifest } = await write([passage("en", 1)]);
    const text = JSON.stringify({ ...manifest, ...change(manifest) });
    expect(() => readManifest(text, "m.json")).toThrow(message);
    expect(() => readManifest(text, "m.json")).toThrow(/^m\.json: /);
  });

  it("is refused when a web page came in its place", () => {
    expect(() => readManifest("<!doctype html>", "https://a.org/m.json")).toThrow(
      "https://a.org/m.json is not JSON",
    );
  });
});
