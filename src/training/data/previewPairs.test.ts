// Which few pairs stand for a language: answered questions first, of the split that is there, and never more than six.
import { describe, expect, it } from "vitest";
import type { SidedRecord, Split } from "../../core/data/records.ts";
import { previewPairs } from "./previewPairs.ts";
import type { ShardSource } from "./shardSource.ts";
import { createMemoryStore } from "./shardStore.ts";
import { writeShards } from "./writeShards.ts";

const query = (i: number, split: Split = "train", lang = "sw", concept = `c${i}`): SidedRecord => ({
  side: "queries",
  record: { _id: `${lang}:q${i}`, text: `question ${i}`, lang, concept, split },
});
const passage = (i: number, split: Split, concepts: string[] = [`c${i}`], lang = "sw"): SidedRecord => ({
  side: "passages",
  record: { _id: `${lang}:p${i}`, text: `answer ${i}`, lang, concepts, split },
});

/** The pairs, and which files were opened for them. */
async function preview(records: readonly SidedRecord[], lang = "sw") {
  const store = createMemoryStore(null);
  const facts = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en", "sw"] };
  const manifest = await writeShards(facts, records, await store.sink("toy"));
  const opened: string[] = [];
  const toy = store.source("toy");
  const source: ShardSource = {
    ...toy,
    open: (shard) => {
      opened.push(shard.path.replace(".0.jsonl.gz", ""));
      return toy.open(shard);
    },
  };
  return { pairs: await previewPairs(source, manifest, lang), opened };
}

describe("previewPairs", () => {
  it("shows six questions with what answers them, from two files", async () => {
    const ten = Array.from({ length: 10 }, (_, i) => [query(i), passage(i, "train")]).flat();
    const { pairs, opened } = await preview([...ten, query(20, "test"), passage(20, "test")]);
    expect(pairs).toHaveLength(6);
    expect(pairs[0]).toEqual({ concept: "c0", query: "question 0", passage: "answer 0" });
    expect(opened).toEqual(["sw/queries.train", "sw/passages.train"]);
  });

  it("leaves out questions without an answer there, unless none has one", async () => {
    const records = [query(0), query(1), query(2), passage(2, "train"), passage(9, "train", ["c1", "c5"])];
    expect((await preview(records)).pairs.map(({ query, passage }) => [query, passage])).toEqual([
      ["question 1", "answer 9"],
      ["question 2", "answer 2"],
    ]);
    const { pairs } = await preview([query(0), passage(1, "train")]);
    expect(pairs).toEqual([{ concept: "c0", query: "question 0" }]);
  });

  it("looks for the answers of dev questions among those of train", async () => {
    const { pairs, opened } = await preview([query(0, "dev"), passage(0, "train"), passage(1, "test")]);
    expect(pairs).toEqual([{ concept: "c0", query: "question 0", passage: "answer 0" }]);
    expect(opened[1]).toBe("sw/passages.train");
  });

  it("looks among passages of every split where the questions' own split has none", async () => {
    const { pairs } = await preview([query(0, "test"), passage(0, "any")]);
    expect(pairs).toEqual([{ concept: "c0", query: "question 0", passage: "answer 0" }]);
  });

  it("shows passages alone where a language has no questions, and questions alone the other way", async () => {
    const passages = [passage(0, "train", []), passage(1, "train", ["c1", "c2"])];
    expect((await preview([query(0, "train", "en"), ...passages])).pairs).toEqual([
      { concept: "", passage: "answer 0" },
      { concept: "c1", passage: "answer 1" },
    ]);
    const alone = await preview([query(0), passage(0, "train", ["c0"], "en")]);
    expect(alone.pairs).toEqual([{ concept: "c0", query: "question 0" }]);
    expect(alone.opened).toEqual(["sw/queries.train"]); // not English passages
  });

  it("shows nothing of a language without texts or one that the set lacks", async () => {
    expect(await preview([query(0), passage(0, "train")], "en")).toEqual({ pairs: [], opened: [] });
    expect(await preview([query(0), passage(0, "train")], "xx")).toEqual({ pairs: [], opened: [] });
  });
});
