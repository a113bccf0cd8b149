// Row numbers must depend on the dataset alone: the batch plan counts on them.
import { describe, expect, it } from "vitest";
import { SPLITS, type SidedRecord } from "../../core/data/records.ts";
import { createMemoryStore } from "../data/shardStore.ts";
import { writeShards } from "../data/writeShards.ts";
import { createCorpusBuilder } from "./corpusBuilder.ts";
import { streamShards, type TokenisedShard } from "./streamShards.ts";
import { createMemoryTokens } from "./tokenStore.ts";

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

async function toySet(records = RECORDS) {
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en", "sw"] };
  const manifest = await writeShards(facts, records, await store.sink("toy"));
  const tokenizer = {
    sha256: "0".repeat(64),
    vocabSize: 9,
    encode: (text: string) => Int32Array.from(text, (_, i) => i + 1),
  };
  const options = { languages: ["en", "sw"], maxTokens: 3, tokenizer, prefixes: { query: "", passage: "" } };
  const shards: TokenisedShard[] = [];
  for await (const one of streamShards(store.source("toy"), manifest, createMemoryTokens(), options)) {
    shards.push(one);
  }
  return { manifest, shards };
}

it("keeps grades by concept and clusters by number, from the records to the corpus", async () => {
  const cluster = ["a", undefined, "a"];
  const records = RECORDS.map(({ side, record }, i): SidedRecord =>
    side === "queries"
      ? { side, record: { ...record, ...(i < 7 && cluster[i - 4] && { cluster: cluster[i - 4]! }) } }
      : { side, record: { ...record, ...(record._id === "en:1" && { grades: [3, 1] }) } },
  );
  const { manifest, shards } = await toySet(records);
  const builder = createCorpusBuilder(manifest, ["en", "sw"], 9);
  for (const { shard, pack } of shards) builder.add(shard, pack);
  const { passages, queries } = builder.build();
  // en: passages 0, 1, 3 of train, then 2 of test; en:1 answers c1 with grade 3 and c0 with 1
  expect([...passages.grades!]).toEqual([1, 3, 1, 1, 1, 1, 1, 1]);
  expect([...queries.clusters!]).toEqual([-1, -1, -1, 0, -1, 0]); // those of sw were given some
});

describe("createCorpusBuilder", async () => {
  const { manifest, shards } = await toySet();
  const built = (chosen: readonly TokenisedShard[], languages = ["en", "sw"]) => {
    const builder = createCorpusBuilder(manifest, languages, 9);
    for (const { shard, pack } of chosen) builder.add(shard, pack);
    return { corpus: builder.build(), cutRows: builder.cutRows, usedPieces: builder.usedPieces };
  };

  it("lays rows by language, split and line, with concepts in compressed rows, numbered by name", () => {
    const { corpus, cutRows, usedPieces } = built(shards);
    const { passages, queries, ...facts } = corpus;
    expect(facts).toEqual({
      datasetId: "toy",
      sha256: manifest.sha256,
      languages: ["en", "sw"],
      nConcepts: 3,
    });
    expect([...passages.langs]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...passages.splits].map((s) => SPLITS[s]![1])).toEqual([..."rrrerrre"]); // t-r-ain, t-e-st
    expect([...passages.conceptOffsets]).toEqual([0, 1, 3, 3, 4, 5, 7, 7, 8]); // 0, 1, 3 and then 2
    expect([...passages.concepts]).toEqual([0, 1, 0, 2, 0, 1, 0, 2]);
    expect([...queries.concepts]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...queries.splits]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([passages.grades, queries.clusters]).toEqual([undefined, undefined]);
    expect(cutRows).toBe(2); // passage 3 of either language has four pieces, three are kept
    expect([...usedPieces]).toEqual([0, 1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it("marks what a run on dev leaves out of training, as it does for each language alone", () => {
    const { passages, queries } = built(shards).corpus;
    // c1 is asked for by dev queries only; c0 and the paragraph "3" are not dev by their names
    expect([...queries.inDev!]).toEqual([0, 1, 0, 0, 1, 0]);
    expect([...passages.inDev!]).toEqual([0, 1, 0, 0, 0, 1, 0, 0]); // :1 carries c1
    const own = shards.filter(({ shard }) => manifest.shards[shard]!.lang === "sw");
    expect([...built(own, ["sw"]).corpus.passages.inDev!]).toEqual([0, 1, 0, 0]);
  });

  it("gives the same corpus in whatever order languages are named", () => {
    expect(built(shards, ["sw", "en"])).toEqual(built(shards));
  });

  it("numbers languages among the chosen ones", () => {
    const swahili = shards.filter(({ shard }) => manifest.shards[shard]!.lang === "sw");
    const { corpus } = built(swahili, ["sw"]);
    expect(corpus.languages).toEqual(["sw"]);
    expect([...corpus.passages.langs]).toEqual([0, 0, 0, 0]);
  });

  it("builds an empty corpus for no language, and none from half of the shards", () => {
    expect(built([], []).corpus).toMatchObject({ languages: [], nConcepts: 0 });
    expect(() => built(shards.slice(0, 3))).toThrow("3 rows were added, 6 are due");
  });

  it("refuses a shard twice, one it does not know, one not chosen, one with rows missing", () => {
    const builder = createCorpusBuilder(manifest, ["en"], 9);
    const { pack } = shards[0]!;
    builder.add(0, pack);
    expect(() => builder.add(0, pack)).toThrow("toy/en/queries.train.0.jsonl.gz: comes after shard 0");
    expect(() => builder.add(99, pack)).toThrow("toy/shard 99: the manifest has 10 shards");
    expect(() => builder.add(9, pack)).toThrow('language "sw" was not chosen');
    expect(() => builder.add(1, { ...pack, names: [] })).toThrow("0 rows, the manifest states 1");
    expect(() => createCorpusBuilder(manifest, ["xx"], 9)).toThrow('toy has no language "xx"; it has en, sw');
  });

  it("reserves nothing for a manifest that claims more records than its bytes can hold", () => {
    const first = { ...manifest.shards[0]!, count: 2 ** 40 };
    const lying = { ...manifest, shards: [first, ...manifest.shards.slice(1)] };
    expect(() => createCorpusBuilder(lying, ["en"], 9)).toThrow("states 1099511627776 records in");
  });
});
