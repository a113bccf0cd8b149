import { describe, expect, it, vi } from "vitest";
import { createBeirConverter } from "../collections/beir.ts";
import { createParallelConverter } from "../collections/parallelFiles.ts";
import { createPairsConverter } from "../collections/trainingPairs.ts";
import type * as limits from "../formats/limits.ts";
import { memoryFile, type SourceFile } from "../formats/sourceFile.ts";
import { createReport, type Converter } from "./converter.ts";

vi.mock("../formats/limits.ts", async (original) => ({
  ...(await original<typeof limits>()),
  MAX_HELD_BYTES: 2 ** 20,
}));

const lines = (n: number, row: (i: number) => unknown) =>
  Array.from({ length: n }, (_, i) => `${JSON.stringify(row(i))}\n`).join("");

async function countRecords(converter: Converter, ...files: readonly SourceFile[]): Promise<number> {
  let n = 0;
  for await (const _ of converter.convert(files, createReport())) n++;
  return n;
}

describe("what a conversion cannot write before it has read all", () => {
  it("is refused with its limit once it is too much: pairs", async () => {
    const pairs = memoryFile(
      "pairs.jsonl",
      lines(4000, (i) => ({ query: `question ${i}`, positive: `answer ${i}` })),
    );
    await expect(countRecords(createPairsConverter("p"), pairs)).rejects.toThrow(
      /^pairs\.jsonl line \d{4}: the pairs up to here take more than the 1 MiB of memory they may take; give fewer rows, or a BEIR folder, whose documents take none$/,
    );
  });

  it("is any number of rows where they say the same", async () => {
    const row = { query: "question", positive: "answer", negative: "another" };
    const pairs = memoryFile(
      "pairs.jsonl",
      lines(20_000, () => row),
    );
    expect(await countRecords(createPairsConverter("p"), pairs)).toBe(3);
  });

  it("is refused with its limit: sentences and judgements; documents are not held", async () => {
    const text = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word} ${i}`).join("\n");
    const moses = [memoryFile("a.en", text("one")), memoryFile("a.de", text("eins"))];
    await expect(countRecords(createParallelConverter("p"), ...moses)).rejects.toThrow(
      /^a\.\w\w line \d+: the sentences up to here take more than the 1 MiB/,
    );
    const corpus = memoryFile(
      "s/corpus.jsonl",
      lines(9000, (i) => ({ _id: `d${i}`, text: `text ${i}` })),
    );
    const queries = memoryFile(
      "s/queries.jsonl",
      lines(1, () => ({ _id: "q", text: "which?" })),
    );
    const qrels = (n: number) =>
      memoryFile(
        "s/qrels/test.tsv",
        `query-id\tcorpus-id\tscore\n${Array.from({ length: n }, (_, i) => `q\td${i}\t1\n`).join("")}`,
      );
    expect(await countRecords(createBeirConverter("s"), corpus, queries, qrels(1))).toBe(9001);
    await expect(countRecords(createBeirConverter("s"), corpus, queries, qrels(9000))).rejects.toThrow(
      /^s\/qrels\/test\.tsv, query q: the judgements and queries up to here take more than the 1 MiB/,
    );
  });
});
