// NanoBEIR on invented files in every layout of the hub: one set, parallel by ids; what is refused is named.
import { describe, expect, it } from "vitest";
import { memoryFile } from "../formats/sourceFile.ts";
import { converted, convertedWhole, gradedLines } from "../../testing/convertedRecords.ts";
import { nanoFiles, nanoTables, parquetFile, type NanoLayout } from "../../testing/hubSets.ts";
import { convertersFor, findConverter } from "./registry.ts";
import { NANO_PARTS, nanoSetId } from "./nanoParts.ts";

const filesOf = (part: string, layout: NanoLayout) =>
  Object.entries(nanoFiles(part, layout)).map(([name, content]) => memoryFile(name, content));
const of = (part: string) => findConverter(nanoSetId(part))!;

describe.each(["mteb", "configs", "flat", "converted"] as const)("in the layout %s", (layout) => {
  it("is one set, whose questions and answers are the same in all languages", async () => {
    const { queries, passages, notes } = await convertedWhole(of("NQ"), filesOf("NQ", layout));
    expect(queries.map(({ _id, concept, split }) => [_id, concept, split])).toEqual(
      ["de", "en"].flatMap((lang) => [0, 1, 2, 3].map((i) => [`${lang}:q${i}`, `q${i}`, "test"])),
    );
    expect(passages.filter(({ concepts }) => concepts.includes("q2")).map(({ _id }) => _id)).toEqual(
      ["de", "en"].flatMap((lang) => [`${lang}:d2`, `${lang}:d6`, `${lang}:d7`]),
    );
    expect(passages).toHaveLength(16);
    expect(notes).toEqual([]);
  });

  it("is recognised as that part and no other", () => {
    for (const part of NANO_PARTS) {
      const names = filesOf(part, layout).map(({ name }) => name);
      expect(convertersFor(names).map(({ datasetId }) => datasetId)).toEqual([nanoSetId(part)]);
    }
  });
});

it("joins title and text by a blank, as MTEB does", async () => {
  const { passages } = await convertedWhole(of("NQ"), filesOf("NQ", "mteb"));
  const { title, text } = nanoTables("en").corpus[2]!;
  expect(passages.find(({ _id }) => _id === "en:d2")!.text).toBe(`${title} ${text}`);
});

it("knows the names of a part before MTEB had copies, and judgements without a grade", async () => {
  const names = ["NanoClimateFEVER_de/corpus/0000.parquet", "NanoQuoraRetrieval_de/corpus/0000.parquet"];
  const tables = nanoTables("de");
  const bare = tables.qrels.map(({ score: _, ...pair }) => pair);
  for (const [i, part] of ["ClimateFever", "Quora"].entries()) {
    const folder = names[i]!.split("/")[0]!;
    const lines = gradedLines(
      await convertedWhole(of(part), [
        memoryFile(names[i]!, parquetFile(tables.corpus)),
        memoryFile(`${folder}/queries/0000.parquet`, parquetFile(tables.queries)),
        memoryFile(`${folder}_qrels/qrels/0000.parquet`, parquetFile(bare)),
      ]),
    );
    expect(lines.find((line) => line.startsWith("de:d0"))).toMatch(/ < q0:1 q3:1$/);
  }
});

describe("refuses in one sentence", () => {
  const files = filesOf("NQ", "configs");
  const place = (lang: string, role: string) =>
    `NanoNQ_${lang}${role === "qrels" ? "_qrels" : ""}/${role}-00000-of-00001.parquet`;
  const withTable = (role: string, rows: Parameters<typeof parquetFile>[0]) => [
    ...files.filter(({ name }) => name !== place("de", role)),
    memoryFile(place("de", role), parquetFile(rows)),
  ];
  const tables = nanoTables("de");

  it.each([
    [
      "a language without a table",
      files.filter(({ name }) => name !== place("de", "queries")),
      "nanobeir-nq: queries in de missing; there is corpus and qrels",
    ],
    [
      "a table twice",
      [...files, memoryFile("NanoNQ_corpus_de.parquet", parquetFile(tables.corpus))],
      "NanoNQ_corpus_de.parquet and NanoNQ_de/corpus-00000-of-00001.parquet are both corpus in de: give one of them",
    ],
    [
      "a document's id twice",
      withTable("corpus", [...tables.corpus, { _id: "d0", title: "", text: "another" }]),
      /^NanoNQ_de\/corpus.* row 9: document d0 occurs twice with different texts$/,
    ],
    [
      "a question's id twice",
      withTable("queries", [...tables.queries, { _id: "q0", text: "another" }]),
      /^NanoNQ_de\/queries.* row 5: query q0 occurs twice$/,
    ],
    [
      "other columns",
      withTable("corpus", [{ _id: "d0", body: "text" }]),
      /^NanoNQ_de\/corpus.* row 1: has no text in text; it has _id, body$/,
    ],
    [
      "judgements of other ids",
      withTable("qrels", [{ "query-id": "x", "corpus-id": "y", score: 1 }]),
      /^NanoNQ_de_qrels.*the judgements fit no document: the first they name are y; the first documents are d0, d1, d2/,
    ],
  ] as const)("%s", async (_, given, message) => {
    await expect(converted(of("NQ"), [...given])).rejects.toThrow(message);
  });

  it("and tells of a question whose document is missing", async () => {
    const { notes } = await converted(of("NQ"), withTable("corpus", tables.corpus.slice(1)));
    expect(notes).toEqual([
      "Left out once: judged documents that are not in the collection (first: d0)",
      expect.stringMatching(/^Left out: 2 queries without a relevant document .*de > de 2$/),
    ]);
  });
});
