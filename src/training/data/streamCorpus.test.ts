// Which shards are streamed, what their rows become, and that a consumer that does not pull stops the fetching.
import { describe, expect, it } from "vitest";
import type { SidedRecord } from "../../core/data/records.ts";
import type { ShardSource } from "./shardSource.ts";
import { createMemoryStore } from "./shardStore.ts";
import { streamCorpus, type CorpusChunk, type StreamOptions, type StreamProgress } from "./streamCorpus.ts";
import { writeShards } from "./writeShards.ts";

const LANGUAGES = ["en", "sw", "yo"];

/** One token per UTF-16 unit: its code. */
const tokenizer = { encode: (text: string) => Int32Array.from(text, (c) => c.charCodeAt(0)) };
const OPTIONS: StreamOptions = {
  ...{ languages: LANGUAGES, sides: ["queries", "passages"], tokenizer, maxTokens: 100 },
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

async function collect(source: ShardSource, options: Partial<StreamOptions> = {}): Promise<CorpusChunk[]> {
  const chunks: CorpusChunk[] = [];
  for await (const chunk of streamCorpus(source, { ...OPTIONS, ...options })) chunks.push(chunk);
  return chunks;
}

describe("streamCorpus", () => {
  it("turns one shard into one chunk: texts without prefix, tokens with it, concepts end to end", async () => {
    const chunks = await collect(await toySource(), { languages: ["sw"], splits: ["train"] });
    expect(chunks).toEqual([
      {
        columns: {
          ...{ shard: 4, ids: ["sw:0:q"], concepts: ["c0"], cutRows: 0 },
          conceptOffsets: Int32Array.of(0, 1),
          rows: { offsets: Int32Array.of(0, 4), tokens: Int32Array.from(codes("Qsw?")) },
        },
        texts: ["sw?"],
      },
      {
        columns: {
          ...{ shard: 6, ids: ["sw:0"], concepts: ["c0", "extra0"], cutRows: 0 },
          conceptOffsets: Int32Array.of(0, 2),
          rows: { offsets: Int32Array.of(0, 4), tokens: Int32Array.from(codes("Psw0")) },
        },
        texts: ["sw0"],
      },
    ]);
  });

  it("opens only shards of the chosen languages, sides and splits, in manifest order", async () => {
    const source = await toySource();
    await collect(source, { languages: ["yo", "en"], sides: ["passages"], splits: ["test"] });
    expect(source.opened).toEqual(["en/passages.test.0.jsonl.gz", "yo/passages.test.0.jsonl.gz"]);
  });

  it("cuts rows longer than maxTokens and counts them", async () => {
    const chunks = await collect(await toySource(), { languages: ["en"], sides: ["passages"], maxTokens: 3 });
    expect(chunks.map(({ columns }) => columns.cutRows)).toEqual([1, 1]); // "Pen0" has four
    expect([...chunks[0]!.columns.rows.tokens]).toEqual(codes("Pen"));
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
    const stream = streamCorpus(source, { ...OPTIONS, shardsAhead: 2 });
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
    const stream = streamCorpus(
      {
        ...source,
        open: (s, signal) => (broken(s.path) ? Promise.reject(new Error("gone")) : source.open(s, signal)),
      },
      OPTIONS,
    );
    expect((await stream.next()).done).toBe(false);
    expect((await stream.next()).done).toBe(false);
    await expect(stream.next()).rejects.toThrow("gone");
    expect((await stream.next()).done).toBe(true);
  });

  it("ends with the reason when aborted", async () => {
    const controller = new AbortController();
    const stream = streamCorpus(await toySource(), { ...OPTIONS, signal: controller.signal });
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
