// Every format takes a time that grows as its file does, also where a file is made to be slow.
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { growthOf } from "../../testing/growth.ts";
import { createReport } from "../converters/converter.ts";
import { exams } from "../converters/exams.ts";
import { createSquadConverter } from "../collections/squadSentences.ts";
import { createBeirConverter } from "../collections/beir.ts";
import { parseRunRecord } from "../record/parseRunRecord.ts";
import { decodeLink } from "../spec/link.ts";
import { parseQrels } from "../trec/parseQrels.ts";
import { parseRun } from "../trec/parseRun.ts";
import { parse } from "./readJson.ts";
import { readTable } from "./readTable.ts";
import { readText } from "./readText.ts";
import { readTmx } from "./readTmx.ts";
import { memoryFile, type SourceFile } from "./sourceFile.ts";
import { unpackFiles } from "./unpack.ts";

type Work = (input: string | Uint8Array) => unknown;

const list = (n: number, one: (i: number) => string, between = "") =>
  Array.from({ length: n }, (_, i) => one(i)).join(between);
const drain = async (items: AsyncIterable<unknown>) => {
  for await (const item of items) void item;
};
/** A refusal takes its time too. */
const quietly =
  (work: Work): Work =>
  async (input) => {
    try {
      await work(input);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  };
const table =
  (name: string): Work =>
  (content) =>
    drain(readTable(memoryFile(name, content)));
const tmx = (body: string) => `<?xml version="1.0"?><tmx><body>${body}</body></tmx>`;
const segment = (text: string) => tmx(`<tu tuid="1"><tuv xml:lang="en"><seg>${text}</seg></tuv></tu>`);
const readXml: Work = (text) => readTmx(memoryFile("a.tmx", text));
const json: Work = (text) => parse(text as string, "a");
const run: Work = (text) => parseRun(text as string, "a");
const qrels: Work = (text) => parseQrels(text as string, "a");
const link: Work = (text) => decodeLink(text as string);
const unpack =
  (name: string): Work =>
  async (content) => {
    for (const file of await unpackFiles([memoryFile(name, content)])) await readText(file);
  };
const parquet = (columns: number, rows: number, rowGroupSize = rows) =>
  new Uint8Array(
    parquetWriteBuffer({
      rowGroupSize,
      columnData: Array.from({ length: columns }, (_, i) => ({
        name: `c${i}`,
        data: Array.from({ length: rows }, (_, j) => `t${j}`),
        type: "STRING" as const,
      })),
    }),
  );
const convert = (converter: { convert: typeof exams.convert }, files: readonly SourceFile[]) =>
  drain(converter.convert(files, createReport()));
const squad = (n: number) => ({
  context: "a".repeat(2 * n),
  sentence_breaks: Array.from({ length: n }, (_, i) => [2 * i, 2 * i + 2]),
  sentences: Array<string>(n).fill("aa"),
  qas: Array.from({ length: n }, (_, i) => ({
    id: `q${i}`,
    question: "?",
    answers: [{ answer_start: 2 * i }],
  })),
});
const pad = (i: number) => String(i).padStart(8, "0");

describe("the work of a reader grows as its file", { timeout: 120_000 }, () => {
  it.each<[string, (n: number) => string | Uint8Array, Work]>([
    ["CSV of rows", (n) => `a,b\n${list(n, (i) => `"x ${i}",y\n`)}`, table("a.csv")],
    ["CSV of quotation marks", (n) => `a,b\n${'"'.repeat(n)}`, table("a.csv")],
    ["CSV of odd quotation marks", (n) => `a,b\n${'"x" '.repeat(n)},\n`, table("a.csv")],
    ["CSV of fields never closed", (n) => `a,b\n${'x,"\n'.repeat(n)}`, table("a.csv")],
    ["TSV of rows", (n) => `a\tb\n${"x\ty\n".repeat(n)}`, table("a.tsv")],
    ["JSON lines", (n) => list(n, (i) => `{"a":${i},"b":NaN}\n`), table("a.jsonl")],
    ["JSON lines of columns", (n) => `{${list(n, (i) => `"k${i}":1`, ",")}}\n`, table("a.jsonl")],
    ["JSON with NaN and a string never closed", (n) => `{"a":NaN,"b":"${'\\"'.repeat(n)}`, json],
    ["JSON with NaN and quotation marks", (n) => `NaN${'" '.repeat(n)}`, json],
    [
      "JSON with a long number and a string never closed",
      (n) => `[${"9".repeat(20)},"${'\\"'.repeat(n)}`,
      json,
    ],
    ["JSON of a long number", (n) => "9".repeat(n), json],
    ["JSON of long numbers", (n) => `[${`${"9".repeat(20)},`.repeat(n)}1]`, json],
    ["JSON of NaN", (n) => `[${"NaN,".repeat(n)}1]`, json],
    ["JSON of lists in one another", (n) => `${"[".repeat(n)}NaN${"]".repeat(n)}`, json],
    [
      "TMX of units",
      (n) => tmx(list(n, (i) => `<tu tuid="${i}"><tuv xml:lang="en"><seg>a</seg></tuv></tu>`)),
      readXml,
    ],
    [
      "TMX of languages",
      (n) => tmx(`<tu tuid="1">${list(n, (i) => `<tuv xml:lang="x${i}"><seg>a</seg></tuv>`)}</tu>`),
      readXml,
    ],
    ["TMX of markup", (n) => segment("a<ph/>".repeat(n)), readXml],
    ["TMX of elements in one another", (n) => segment("<a>".repeat(n) + "</a>".repeat(n)), readXml],
    ["TMX of attributes", (n) => tmx(`<tu tuid="1" ${list(n, (i) => `a${i}="x"`, " ")}></tu>`), readXml],
    ["TMX of entities", (n) => segment("&amp;".repeat(n)), readXml],
    ["TMX of an entity never closed", (n) => segment(`&${"a".repeat(n)}`), readXml],
    ["TMX of text never closed", (n) => segment(`<![CDATA[${"]".repeat(n)}`), readXml],
    ["TMX of a comment never closed", (n) => tmx(`<!--${"- ".repeat(n)}`), readXml],
    ["TMX of a doctype", (n) => `<!DOCTYPE a [${"<!-- -->".repeat(n)}`, readXml],
    ["run of one query", (n) => list(n, (i) => `q1 Q0 d${i} 1 ${n - i} t\n`), run],
    ["run of queries", (n) => list(n, (i) => `q${i} Q0 d 1 1 t\n`), run],
    ["run of blanks", (n) => `${" ".repeat(n)}x`, run],
    ["run of columns", (n) => "x ".repeat(n), run],
    ["qrels of one query", (n) => list(n, (i) => `q1 0 d${i} 1\n`), qrels],
    ["qrels of tabs", (n) => "\t".repeat(n), qrels],
    ["qrels of a header of blanks", (n) => `a\tb\t${" ".repeat(n)}x`, qrels],
    ["link of names", (n) => `#v=2&${"a&".repeat(n)}`, link],
    ["link of one name", (n) => `#v=2&${"seed=7&".repeat(n)}`, link],
    ["link of percents", (n) => `#v=2&${"%26".repeat(n)}`, link],
    ["gzip", (n) => new Uint8Array(gzipSync("a".repeat(n))), unpack("a.txt.gz")],
  ])("%s", async (_, make, work) => {
    expect(await growthOf(make, quietly(work))).toBeLessThanOrEqual(3);
  });

  it.each<[string, number, (n: number) => Promise<Uint8Array> | Uint8Array | string, Work]>([
    [
      "CSV of columns",
      50_000,
      (n) => `${list(n, (i) => `c${i}`, ",")}\n${"1,".repeat(n - 1)}1`,
      table("a.csv"),
    ],
    [
      "TSV of columns",
      50_000,
      (n) => `${list(n, (i) => `c${i}`, "\t")}\n${"1\t".repeat(n - 1)}1`,
      table("a.tsv"),
    ],
    ["Parquet of rows", 4000, (n) => parquet(1, n), table("a.parquet")],
    ["Parquet of columns", 400, (n) => parquet(n, 1), table("a.parquet")],
    ["Parquet of row groups", 400, (n) => parquet(1, n, 1), table("a.parquet")],
    [
      "tar",
      500,
      (n) =>
        packTar(Array.from({ length: n }, (_, i) => ({ header: { name: `f${i}`, size: 1 }, body: "x" }))),
      unpack("a.tar"),
    ],
  ])("%s", async (_, from, make, work) => {
    expect(await growthOf(make, quietly(work), { from, to: 8 * from })).toBeLessThanOrEqual(3);
  });

  it("a paragraph of questions, a chain of parallel ones, and rows in many languages", async () => {
    const paragraphs = (n: number) => JSON.stringify({ data: [{ paragraphs: [squad(n)] }] });
    const sentences = (content: string) =>
      convert(createSquadConverter("x"), [memoryFile("sw.json", content)]);
    expect(await growthOf(paragraphs, sentences, { from: 16_000, to: 32_000 })).toBeLessThanOrEqual(3);

    const question = { question: { stem: "?", choices: [] }, answerKey: "A", info: { language: "Turkish" } };
    const chain = (n: number) => list(n, (i) => `{"${pad(n - i)}":["${pad(n - i - 1)}"]}\n`);
    const parallel = (content: string) =>
      convert(exams, [
        memoryFile("parallel_questions.jsonl", content),
        ...["train", "dev", "test"].map((part) =>
          memoryFile(`${part}.jsonl`, JSON.stringify({ id: pad(9), ...question })),
        ),
      ]);
    expect(await growthOf(chain, parallel, { from: 8000, to: 16_000 })).toBeLessThanOrEqual(3);

    const letters = [..."abcdefghijklmnopqrstuvwxyz"];
    const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
    const rows = (n: number, id: string) =>
      list(n, (i) => `{"_id":"${id}${i}","text":"t","lang":"${codes[i]}"}\n`);
    const beir = (n: number) =>
      convert(createBeirConverter("x", { lang: "en" }), [
        memoryFile("corpus.jsonl", rows(n, "d")),
        memoryFile("queries.jsonl", rows(n, "q")),
        memoryFile("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n"),
      ]);
    expect(await growthOf((n) => n, beir, { from: 500, to: 8000 })).toBeLessThanOrEqual(3);
  });

  it("a run record of points", async () => {
    const points = (n: number) => ({
      schema: "x",
      points: Array.from({ length: n }, (_, step) => ({ step, metric: "train/loss", value: 1 })),
    });
    expect(
      await growthOf(points, (value) => quietly(() => parseRunRecord(value, "a"))("")),
    ).toBeLessThanOrEqual(3);
  });
});
