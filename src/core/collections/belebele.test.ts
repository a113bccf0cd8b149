// Belebele on invented files: what MTEB's BelebeleRetrieval makes of the same rows, and what is refused or told.
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, it } from "vitest";
import { memoryFile } from "../formats/sourceFile.ts";
import { converted, convertedWhole, gradedLines, jsonl } from "../../testing/convertedRecords.ts";
import { keepLanguages } from "../converters/keepLanguages.ts";
import { createReport } from "../converters/converter.ts";
import { belebele } from "./belebele.ts";

const row = (link: string, n: number, text: string, question: string) => ({
  link,
  question_number: n,
  flores_passage: text,
  question,
  mc_answer1: "-",
  correct_answer_num: "1",
  dialect: "-",
});

const sw = jsonl(
  "x/swh_Latn.jsonl",
  row("a", 1, "Maji. ", "Nini?"),
  row("a", 2, "Maji. ", "Wapi?"),
  row("b", 1, "Moto.", "Nani?"),
);
const zh = jsonl(
  "x/zho_Hant.jsonl",
  row("b", 1, "火。", "誰?"),
  row("a", 2, "水。", "哪裡?"),
  row("a", 1, "水。", "什麼?"),
);

it("is parallel by link and number; a passage answers its one or two questions", async () => {
  expect(gradedLines(await convertedWhole(belebele, [zh, sw]))).toEqual([
    "sw:Q0 test Nini? > a 1",
    "sw:Q1 test Wapi? > a 2",
    "sw:Q2 test Nani? > b 1",
    "zh-Hant:Q0 test 誰? > b 1",
    "zh-Hant:Q1 test 哪裡? > a 2",
    "zh-Hant:Q2 test 什麼? > a 1",
    "sw:C0 Maji. < a 1:1 a 2:1",
    "sw:C1 Moto. < b 1:1",
    "zh-Hant:C0 火。 < b 1:1",
    "zh-Hant:C1 水。 < a 1:1 a 2:1",
  ]);
});

it("asks questions of the same words once: the passages of both answer them, in every language", async () => {
  const ln = jsonl(
    "lin_Latn.jsonl",
    row("a", 1, "Mai.", "Nini?"),
    row("a", 2, "Mai.", "Wapi?"),
    row("b", 1, "Moto.", "Nini?"),
  );
  const { queries, passages, notes } = await convertedWhole(belebele, [sw, ln]);
  expect(queries.map(({ _id, concept }) => [_id, concept])).toEqual([
    ["ln:Q0", "a 1 + b 1"],
    ["ln:Q1", "a 2"],
    ["sw:Q0", "a 1"],
    ["sw:Q1", "a 2"],
    ["sw:Q2", "b 1"],
  ]);
  const answering = (concept: string) =>
    passages.filter(({ concepts }) => concepts.includes(concept)).map(({ _id }) => _id);
  expect(answering("a 1 + b 1")).toEqual(["ln:C0", "ln:C1", "sw:C0", "sw:C1"]);
  expect(answering("b 1")).toEqual(["ln:C1", "sw:C1"]);
  expect(notes).toEqual([
    "Noted once: questions in the words of another, asked once, as in MTEB (first: lin_Latn.jsonl line 3)",
  ]);
});

it("keeps one passage a link: the first text", async () => {
  const file = jsonl("swh_Latn.jsonl", row("a", 1, "Maji.", "Nini?"), row("a", 2, "Maji moto.", "Wapi?"));
  const { passages, notes } = await convertedWhole(belebele, [file]);
  expect(passages.map(({ text }) => text)).toEqual(["Maji."]);
  expect(notes).toEqual([
    "Noted once: passages with another text than their link's first, which stands, as in MTEB (first: swh_Latn.jsonl line 2)",
  ]);
});

it("reads the hub's Parquet, a folder per language", async () => {
  const rows = [row("a", 1, "Maji.", "Nini?")];
  const columnData = Object.keys(rows[0]!).map((name) => ({
    name,
    data: rows.map((one) => one[name as "link"]),
  }));
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData }));
  for (const name of [
    "belebele/swh_Latn/test-00000-of-00001.parquet",
    "mteb--belebele/swh_Latn/test/0000.parquet",
  ]) {
    const { queries } = await convertedWhole(belebele, [memoryFile(name, bytes)]);
    expect(queries).toHaveLength(1);
  }
  expect(belebele.accepts(["flores/swh_Latn/test/0000.parquet", "the_data.jsonl"])).toBe(false);
});

it("leaves out a question whose passage is missing, and tells which", async () => {
  const file = jsonl("swh_Latn.jsonl", row("a", 1, "", "Nini?"), row("b", 1, "Moto.", "Nani?"));
  const { queries, notes } = await convertedWhole(belebele, [file]);
  expect(queries.map(({ concept }) => concept)).toEqual(["b 1"]);
  expect(notes).toEqual(["Left out once: questions without text or passage (first: swh_Latn.jsonl line 1)"]);
});

it("tells questions of one link and number apart by their order", async () => {
  const file = jsonl("swh_Latn.jsonl", row("a", 1, "Maji.", "Nini?"), row("a", 1, "Maji.", "Wapi?"));
  const { queries, notes } = await convertedWhole(belebele, [file]);
  expect(queries.map(({ concept }) => concept)).toEqual(["a 1", "a 1 2"]);
  expect(notes[0]).toContain("Noted once: questions with the link and number of another");
});

it.each([
  [
    [jsonl("swh_Latn.jsonl", { link: "a", question: "Nini?", passage: "Maji." })],
    /^swh_Latn\.jsonl line 1: has no text in flores_passage; it has link, question, passage$/,
  ],
  [
    [sw, jsonl("y/swh_Latn.jsonl", row("a", 1, "Maji.", "Nini?"))],
    /^x\/swh_Latn\.jsonl and y\/swh_Latn\.jsonl are both in swh_Latn: give one of them$/,
  ],
  [
    [jsonl("swh_Latn.jsonl", ...Array.from({ length: 10 }, () => row("a", 1, "Maji.", "Nini?")))],
    /^swh_Latn\.jsonl line 10: question a 1 occurs too often$/,
  ],
])("refuses what is no Belebele in one sentence", async (files, message) => {
  await expect(converted(belebele, files)).rejects.toThrow(message);
});

it("names the languages that were asked for and are not there", async () => {
  const read = async () => {
    for await (const _ of keepLanguages(belebele.convert([sw, zh], createReport()), ["sw", "yo", "xh"]));
  };
  await expect(read()).rejects.toThrow("no text is in yo or xh; the files are in sw, zh-Hant");
});
