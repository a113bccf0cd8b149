// BEIR folders as people have them: judgements of another collection, ids that no double holds, fields in quotes.
import { describe, expect, it } from "vitest";
import { memoryFile } from "../formats/sourceFile.ts";
import { convertedWhole, gradedLines, jsonl, tsv } from "../../testing/convertedRecords.ts";
import { createBeirConverter } from "./beir.ts";

describe("a BEIR folder", () => {
  it.each([
    [
      "q1\tS1\t1",
      "the judgements fit no document: the first they name are S1; the first documents are d1, d2",
    ],
    [
      "Q7\td1\t1\nQ8\td1\t1",
      "the judgements fit no query: the first they name are Q7, Q8; the first queries are q1",
    ],
    ["q1\td1\t0", 'no folder of "sw" has a judgement of a document as relevant'],
  ])("is refused where its judgements are another collection's: %j", async (line, message) => {
    const strange = [
      jsonl("c/corpus.jsonl", { _id: "d1", text: "grey" }, { _id: "d2", text: "red" }),
      jsonl("c/queries.jsonl", { _id: "q1", text: "grey?" }),
      tsv("c/qrels/test.tsv", "query-id\tcorpus-id\tscore", line),
    ];
    await expect(convertedWhole(createBeirConverter("mine", { lang: "sw" }), strange)).rejects.toThrow(
      message,
    );
  });

  it("is refused with the files beside it that nobody reads, where judgements fit nothing", async () => {
    const files = (line: string) => [
      jsonl("c/corpus.jsonl", { _id: "d1", text: "grey" }),
      jsonl("c/corpus_v2.jsonl", { _id: "S1", text: "red" }),
      memoryFile("c/README.md", "read me"),
      jsonl("c/queries.jsonl", { _id: "q1", text: "grey?" }),
      memoryFile("c/questions.txt", "Q7\tred?\n"),
      tsv("c/qrels/test.tsv", "query-id\tcorpus-id\tscore", line),
    ];
    const said = async (line: string) =>
      convertedWhole(createBeirConverter("mine", { lang: "sw" }), files(line)).catch(
        (error: unknown) => (error as Error).message,
      );
    const beside = "; not used: c/corpus_v2.jsonl; c/questions.txt";
    expect(await said("q1\tS1\t1")).toBe(
      `c/qrels/test.tsv, query q1: the judgements fit no document: the first they name are S1; the first documents are d1${beside}`,
    );
    expect(await said("Q7\td1\t1")).toBe(
      `c/qrels/test.tsv, query Q7: the judgements fit no query: the first they name are Q7; the first queries are q1${beside}`,
    );
    expect(await said("q1\td1\t0")).toContain(`qrels are empty or all 0${beside}`);
    expect(await said("q1\td1\t1")).toMatchObject({ notes: [] });
  });

  it("is refused where its texts stand in a column of another name, with the columns that are there", async () => {
    const strange = [
      jsonl("c/corpus.jsonl", { _id: "d1", contents: "grey" }),
      jsonl("c/queries.jsonl", { _id: "q1", text: "grey?" }),
      tsv("c/qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t1"),
    ];
    await expect(convertedWhole(createBeirConverter("mine", { lang: "sw" }), strange)).rejects.toThrow(
      "c/corpus.jsonl line 1: has no text in text or query or title; it has _id, contents",
    );
  });

  it("has one language where queries and documents name it by two", async () => {
    const files = (folder: string) => [
      jsonl(`${folder}-corpus/corpus.jsonl`, { _id: "d1", text: "grey" }),
      jsonl(`${folder}-queries/queries.jsonl`, { _id: "q1", text: "grey?" }),
      tsv(`${folder}-qrels/test.tsv`, "query-id\tcorpus-id\tscore", "q1\td1\t1"),
    ];
    const made = await convertedWhole(createBeirConverter("mine"), files("en_US-en"));
    expect(gradedLines(made)).toEqual(["en:q1 test grey? > q1", "en:d1 grey < q1:1"]);
    expect(made.notes).toContain("Queries in en-US and documents in en are of one language: en");
    const norse = await convertedWhole(createBeirConverter("mine"), files("nb-no"));
    expect(gradedLines(norse)).toEqual(["no:q1 test grey? > q1", "no:d1 grey < q1:1"]);
    const scripts = await convertedWhole(createBeirConverter("mine"), files("zho_Hant-zho_Hans"));
    expect(gradedLines(scripts)).toEqual(["zh-Hant:q1 test grey? > q1", "zh:d1 grey < q1:1"]);
  });

  it("keeps apart ids that are whole numbers beyond what a double holds, in lines and in judgements", async () => {
    const id = (end: number) => `9007199254740${end}`; // 2 ** 53 is 9007199254740992
    const raw = [
      memoryFile("corpus.jsonl", `{"_id":${id(992)},"text":"grey"}\n{"_id":${id(993)},"text":"red"}\n`),
      memoryFile("queries.jsonl", `{"_id":1${id(993)},"text":"grey?"}\n`),
      memoryFile("qrels/test.jsonl", `{"query-id":1${id(993)},"corpus-id":${id(993)},"score":1}\n`),
    ];
    expect(gradedLines(await convertedWhole(createBeirConverter("mine", { lang: "sw" }), raw))).toEqual([
      `sw:1${id(993)} test grey? > 1${id(993)}`,
      `sw:${id(992)} grey <`,
      `sw:${id(993)} red < 1${id(993)}:1`,
    ]);
  });

  it("tells of quotes in TSV, and strips them when told to", async () => {
    const quoted = [
      memoryFile("corpus.tsv", '_id\ttext\nd1\t"a ""grey"" cat"\nd2\tred\n'),
      memoryFile("queries.tsv", "_id\ttext\nq1\tgrey?\n"),
      tsv("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t1"),
    ];
    const kept = await convertedWhole(createBeirConverter("mine", { lang: "sw" }), quoted);
    expect(kept.passages[0]!.text).toBe('"a ""grey"" cat"');
    expect(kept.notes).toEqual([
      "Noted once: TSV rows with a field in quotes, which stay in the text (to strip them: --unquote, or its box in the page) (first: corpus.tsv line 2)",
    ]);
    const stripped = await convertedWhole(createBeirConverter("mine", { lang: "sw", unquote: true }), quoted);
    expect([stripped.passages[0]!.text, stripped.notes]).toEqual(['a "grey" cat', []]);
  });
});
