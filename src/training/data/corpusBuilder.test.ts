// Row numbers must not depend on arrival: the batch plan counts on them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SPLITS, type SidedRecord } from "../../core/data/records.ts";
import { createCorpusBuilder } from "./corpusBuilder.ts";
import { createMemoryStore } from "./shardStore.ts";
import { streamCorpus, type ChunkColumns } from "./streamCorpus.ts";
import { writeShards } from "./writeShards.ts";

const passage = (lang: string, i: number, concepts: string[], split: "train" | "test"): SidedRecord => ({
  side: "passages",
  record: { _id: `${lang}:${i}`, text: "p".repeat(i + 1), lang, concepts, split },
});
const query = (lang: string, i: number, split: "train" | "dev" | "test"): SidedRecord => ({
  side: "queries",
  record: { _id: `${lang}:${i}:${split}`, text: "q".repeat(i + 1), lang, concept: `c${i}`, split },
});

const RECORDS = ["sw", "en"].flatMap((lang) => [
  passage(lang, 2, ["c2"], "test"),
  passage(lang, 0, ["c0"], "train"),
  passage(lang, 1, ["c1", "c0"], "train"),
  passage(lang, 3, [], "train"),
  query(lang, 0, "train"),
  query(lang, 1, "dev"),
  query(lang, 2, "test"),
]);

async function toySet() {
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en", "sw"] };
  const manifest = await writeShards(facts, RECORDS, await store.sink("toy"));
  const columns: ChunkColumns[] = [];
  const options = { languages: ["en", "sw"], sides: ["queries", "passages"] as const, maxTokens: 9 };
  const tokenizer = { encode: (text: string) => Int32Array.from(text, (_, i) => i + 1) };
  const prefixes = { query: "", passage: "" };
  for await (const chunk of streamCorpus(store.source("toy"), { ...options, tokenizer, prefixes })) {
    columns.push(chunk.columns);
  }
  return { manifest, columns };
}

describe("createCorpusBuilder", async () => {
  const { manifest, columns } = await toySet();
  const built = (order: readonly ChunkColumns[], languages = ["en", "sw"]) => {
    const builder = createCorpusBuilder(manifest, languages);
    for (const chunk of order) builder.add(chunk);
    return builder.build();
  };

  it("lays rows by language, split and line, with concepts and tokens in compressed rows", () => {
    const { concepts, passages, queries, ...facts } = built(columns);
    expect(facts).toEqual({ datasetId: "toy", sha256: manifest.sha256, languages: ["en", "sw"] });
    expect(concepts).toEqual(["c0", "c1", "c2"]);
    expect(passages.ids).toEqual(["en:0", "en:1", "en:3", "en:2", "sw:0", "sw:1", "sw:3", "sw:2"]);
    expect([...passages.langs]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...passages.splits].map((s) => SPLITS[s]![1])).toEqual([..."rrrerrre"]); // t-r-ain, t-e-st
    expect([...passages.conceptOffsets]).toEqual([0, 1, 3, 3, 4, 5, 7, 7, 8]);
    expect([...passages.concepts]).toEqual([0, 1, 0, 2, 0, 1, 0, 2]);
    expect([...passages.offsets]).toEqual([0, 1, 3, 7, 10, 11, 13, 17, 20]); // lengths 1, 2, 4, 3, twice
    expect([...passages.tokens.subarray(3, 7)]).toEqual([1, 2, 3, 4]);
    expect(queries.ids.slice(0, 3)).toEqual(["en:0:train", "en:1:dev", "en:2:test"]);
    expect([...queries.concepts]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...queries.splits]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it("gives the same corpus in whatever order chunks arrive and languages are named", () => {
    const expected = built(columns);
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (order) => {
        expect(built(order, ["sw", "en"])).toEqual(expected);
      }),
    );
  });

  it("numbers languages among the chosen ones", () => {
    const swahili = columns.filter(({ shard }) => manifest.shards[shard]!.lang === "sw");
    const corpus = built(swahili, ["sw"]);
    expect(corpus.languages).toEqual(["sw"]);
    expect([...corpus.passages.langs]).toEqual([0, 0, 0, 0]);
  });

  it("builds an empty corpus from nothing", () => {
    const { concepts, passages } = built([]);
    expect(concepts).toEqual([]);
    expect([...passages.offsets]).toEqual([0]);
  });

  it("sums the cut rows", () => {
    const builder = createCorpusBuilder(manifest, ["en", "sw"]);
    builder.add({ ...columns[0]!, cutRows: 2 });
    builder.add({ ...columns[1]!, cutRows: 3 });
    expect(builder.cutRows).toBe(5);
  });

  it("refuses a shard twice, one it does not know, one not chosen, one with rows missing", () => {
    const builder = createCorpusBuilder(manifest, ["en"]);
    const first = columns[0]!;
    builder.add(first);
    expect(() => builder.add(first)).toThrow("toy/en/queries.train.0.jsonl.gz: was added before");
    expect(() => builder.add({ ...first, shard: 99 })).toThrow("toy/shard 99: the manifest has 10 shards");
    expect(() => builder.add(columns.at(-1)!)).toThrow('language "sw" was not chosen');
    expect(() => builder.add({ ...columns[1]!, ids: [] })).toThrow("0 rows, the manifest states 1");
    expect(() => createCorpusBuilder(manifest, ["xx"])).toThrow('toy has no language "xx"; it has en, sw');
  });
});
