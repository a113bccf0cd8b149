// Which shards are streamed, what their rows become, what is tokenised only once, and that a consumer that does not pull
// stops the fetching.
import { describe, expect, it } from "vitest";
import type { SidedRecord } from "../../core/data/records.ts";
import type { ShardSource } from "../data/shardSource.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { writeShards } from "../data/writeShards.ts";
import { createBlockCache } from "./blockCache.ts";
import { createRowReader } from "./rowReader.ts";
import {
  streamShards,
  type StreamOptions,
  type StreamProgress,
  type TokenisedShard,
} from "./streamShards.ts";
import { createMemoryTokens, type TokenStore } from "./tokenStore.ts";

const LANGUAGES = ["en", "sw", "yo"];

/** One token per UTF-16 unit: its code. */
const tokenizer = {
  sha256: "0".repeat(64),
  vocabSize: 2 ** 16,
  encode: (text: string) => Int32Array.from(text, (c) => c.charCodeAt(0)),
};
const OPTIONS: StreamOptions = {
  languages: LANGUAGES,
  tokenizer,
  maxTokens: 100,
  prefixes: { query: "Q", passage: "P" },
};
const codes = (text: string) => Array.from(text, (c) => c.charCodeAt(0));

/** Per language: passages c0 (train) and c1 (test), a query for each: four shards. */
async function toySource(): Promise<ShardSource & { opened: string[] }> {
  const records = LANGUAGES.flatMap((lang): SidedRecord[] =>
    (["train", "test"] as const).flatMap((split, i): SidedRecord[] => [
      {
        side: "passages",
        record: { _id: `${lang}:${i}`, text: `${lang}${i}`, lang, concepts: [`c${i}`, `extra${i}`], split },
      },
      { side: "queries", record: { _id: `${lang}:${i}:q`, text: `${lang}?`, lang, concept: `c${i}`, split } },
    ]),
  );
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "", licence: "", citation: "", source: "", languages: LANGUAGES };
  await writeShards(facts, records, await store.sink("toy"));
  const opened: string[] = [];
  const source = store.source("toy");
  return {
    ...source,
    opened,
    open: (shard, signal) => {
      opened.push(shard.path);
      return source.open(shard, signal);
    },
  };
}

async function* open(
  source: ShardSource,
  options: Partial<StreamOptions> = {},
  store: TokenStore = createMemoryTokens(),
): AsyncGenerator<TokenisedShard> {
  yield* streamShards(source, await source.manifest(), store, { ...OPTIONS, ...options });
}

async function collect(...args: Parameters<typeof open>): Promise<TokenisedShard[]> {
  const shards: TokenisedShard[] = [];
  for await (const shard of open(...args)) shards.push(shard);
  return shards;
}

/** Every row of one streamed shard. */
async function tokensOf({ file, pack: { layout, tokenIndex } }: TokenisedShard) {
  const reader = createRowReader(createBlockCache(0));
  reader.add("queries", { shard: 0, layout, tokenIndex, file });
  const { offsets, tokens } = await reader.tokens(
    "queries",
    Int32Array.from({ length: layout.n }, (_, i) => i),
  );
  return Array.from({ length: layout.n }, (_, i) => [...tokens.subarray(offsets[i], offsets[i + 1])]);
}

describe("streamShards", () => {
  it("turns one shard into one pack: texts without prefix, tokens with it, names with concepts", async () => {
    const [queries, , passages] = await collect(await toySource(), { languages: ["sw"] });
    expect(queries).toMatchObject({
      shard: 4,
      pack: { names: [{ id: "sw:0:q", concepts: ["c0"] }] },
    });
    expect([queries, passages].map((shard) => shard!.lines!.rows().map(({ text }) => text))).toEqual([
      ["sw?"],
      ["sw0"],
    ]);
    expect(await tokensOf(queries!)).toEqual([codes("Qsw?")]);
    expect(queries!.pack.pieces).toEqual(Int32Array.from([...new Set(codes("Qsw?"))].sort((a, b) => a - b)));
    expect(passages).toMatchObject({
      shard: 6,
      pack: { names: [{ id: "sw:0", concepts: ["c0", "extra0"] }] },
    });
    expect(await tokensOf(passages!)).toEqual([codes("Psw0")]);
  });

  it("opens only shards of the chosen languages, in manifest order", async () => {
    const source = await toySource();
    await collect(source, { languages: ["yo", "en"] });
    const sides = ["queries.train", "queries.test", "passages.train", "passages.test"];
    const expected = ["en", "yo"].flatMap((lang) => sides.map((side) => `${lang}/${side}.0.jsonl.gz`));
    expect(source.opened).toEqual(expected);
  });

  it("cuts rows longer than maxTokens and counts them", async () => {
    const shards = await collect(await toySource(), { languages: ["en"], maxTokens: 3 });
    expect(shards.map(({ pack }) => pack.layout.cutRows)).toEqual([1, 1, 1, 1]); // "Qen?", "Pen0" have four
    expect(await tokensOf(shards[2]!)).toEqual([codes("Pen")]);
  });

  it("tokenises and opens nothing that the store knows, and gives the same rows", async () => {
    const store = createMemoryTokens();
    const source = await toySource();
    const first = await Promise.all((await collect(source, {}, store)).map(tokensOf));
    const opened = source.opened.length;
    let encoded = 0;
    const counting = { ...tokenizer, encode: (text: string) => (encoded++, tokenizer.encode(text)) };
    const again = await Promise.all((await collect(source, { tokenizer: counting }, store)).map(tokensOf));
    expect(again).toEqual(first);
    expect([encoded, source.opened.length]).toEqual([0, opened]);
    await collect(source, { tokenizer: { ...counting, sha256: "1".repeat(64) } }, store); // another tokenizer
    expect(encoded).toBe(12);
    await collect(source, { tokenizer: counting, maxTokens: 99 }, store); // another cut
    expect(encoded).toBe(24);
  });

  it("tokenises again what the store gives back cut or changed", async () => {
    const store = createMemoryTokens();
    const source = await toySource();
    const whole = await Promise.all((await collect(source, {}, store)).map(tokensOf));
    const damaged = (damage: (bytes: Uint8Array) => Uint8Array): TokenStore => ({
      ...store,
      async find(key) {
        const found = await store.find(key);
        return found && { file: found.file, bytes: damage(found.bytes.slice()) };
      },
    });
    const flipped = (bytes: Uint8Array) => {
      bytes[bytes.length - 1]! ^= 1;
      return bytes;
    };
    for (const damage of [flipped, (bytes: Uint8Array) => bytes.subarray(0, 20), () => new Uint8Array(0)]) {
      let encoded = 0;
      const counting = { ...tokenizer, encode: (text: string) => (encoded++, tokenizer.encode(text)) };
      const again = await collect(source, { tokenizer: counting }, damaged(damage));
      expect(await Promise.all(again.map(tokensOf))).toEqual(whole);
      expect(encoded).toBe(12);
    }
  });

  it("reports bytes and records that only grow and end at their totals", async () => {
    const source = await toySource();
    const { shards } = await source.manifest();
    const progress: StreamProgress[] = [];
    await collect(source, { onProgress: (p) => progress.push(p) });
    for (const [phase, total] of [
      ["download", shards.reduce((sum, s) => sum + s.bytes, 0)],
      ["tokenise", 12],
    ] as const) {
      const done = progress.filter((p) => p.phase === phase).map((p) => p.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(done.at(-1)).toBe(total);
      expect(progress.find((p) => p.phase === phase)!.total).toBe(total);
    }
  });

  it("fetches no further ahead than asked when nobody pulls", async () => {
    const source = await toySource();
    const stream = open(source, { shardsAhead: 2 });
    expect(source.opened).toHaveLength(0);
    await stream.next();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(source.opened).toHaveLength(3); // the one handed over and two ahead, of twelve
    await stream.next();
    expect(source.opened).toHaveLength(4);
    await stream.return(undefined);
    expect(source.opened).toHaveLength(4);
  });

  it("hands over the shards before a broken one, then its error, and ends", async () => {
    const source = await toySource();
    const broken = (path: string) => path === "en/passages.train.0.jsonl.gz"; // the third
    const stream = open({
      ...source,
      open: (s, signal) => (broken(s.path) ? Promise.reject(new Error("gone")) : source.open(s, signal)),
    });
    expect((await stream.next()).done).toBe(false);
    expect((await stream.next()).done).toBe(false);
    await expect(stream.next()).rejects.toThrow("gone");
    expect((await stream.next()).done).toBe(true);
  });

  it("ends with the reason when aborted", async () => {
    const controller = new AbortController();
    const stream = open(await toySource(), { signal: controller.signal });
    await stream.next();
    controller.abort(new Error("stopped by hand"));
    await expect(stream.next()).rejects.toThrow("stopped by hand");
  });

  it("names a language the dataset lacks, and a maxTokens below 1", async () => {
    const source = await toySource();
    await expect(collect(source, { languages: ["en", "de"] })).rejects.toThrow(
      'toy has no language "de"; it has en, sw, yo',
    );
    await expect(collect(source, { maxTokens: 0 })).rejects.toThrow(
      "maxTokens must be an integer >= 1, got 0",
    );
  });
});
