// Where the languages of own files come from: rows, names of folders, a person's word; and what is said of it.
import { describe, expect, it } from "vitest";
import { createReport, type Converter } from "../converters/converter.ts";
import { memoryFile, type SourceFile } from "../formats/sourceFile.ts";
import { jsonl } from "../../testing/convertedRecords.ts";
import { createBeirConverter, folderLanguages } from "./beir.ts";
import type { FormatOptions } from "./formatOptions.ts";
import { createPairsConverter } from "./trainingPairs.ts";

async function convert(converter: Converter, files: readonly SourceFile[]) {
  const report = createReport();
  const langs = { queries: new Set<string>(), passages: new Set<string>() };
  for await (const { side, record } of converter.convert(files, report)) langs[side].add(record.lang);
  return { queries: [...langs.queries], passages: [...langs.passages], notes: report.notes() };
}

/** An MTEB subset of that name, or a BEIR folder. */
const mteb = (code: string) => [
  jsonl(`set/${code}-corpus/test.jsonl`, { _id: "d", text: "maji" }),
  jsonl(`set/${code}-queries/test.jsonl`, { _id: "q", text: "?" }),
  jsonl(`set/${code}-qrels/test.jsonl`, { "query-id": "q", "corpus-id": "d", score: 1 }),
];
const beir = (folder: string) => [
  jsonl(`${folder}/corpus.jsonl`, { _id: "d", text: "maji" }),
  jsonl(`${folder}/queries.jsonl`, { _id: "q", text: "?" }),
  memoryFile(`${folder}/qrels/test.tsv`, "q\td\t1\n"),
];
const named = (files: readonly SourceFile[], options: FormatOptions = {}) =>
  convert(createBeirConverter("mine", options), files);

describe("a collection", () => {
  it.each([
    ["ru-sw", "ru", "sw", "queries Russian, passages Swahili"],
    ["rus-swh", "ru", "sw", "queries Russian, passages Swahili"],
    ["swh_Latn-arb_Arab", "sw", "ar", "queries Swahili, passages Arabic"],
    ["yo", "yo", "yo", "Yoruba"],
    ["lp-cs-uk", "cs", "uk", "queries Czech, passages Ukrainian"],
    ["pt-BR", "pt-BR", "pt-BR", "Brazilian Portuguese"],
  ])("named %s asks and answers in those languages, and says whence", async (code, query, passage, said) => {
    for (const files of [mteb(code), beir(`x/${code}`)]) {
      const { queries, passages, notes } = await named(files);
      expect([queries, passages]).toEqual([[query], [passage]]);
      expect(notes).toContain(
        `Noted: languages as the names of folders or files say: "${code}" ${said} (to say another: --lang or --passage-lang, or their boxes in the page)`,
      );
    }
  });

  it("takes a person's word before a single folder's name, and a name before the word where folders are several", async () => {
    const single = await named(beir("id"), { lang: "sw" });
    expect([single.queries, single.passages, single.notes]).toEqual([["sw"], ["sw"], []]);
    const pair = await named(mteb("ru-sw"), { passageLang: "yo" });
    expect([pair.queries, pair.passages]).toEqual([["ru"], ["yo"]]);
    const several = await named([...beir("x/ru"), ...beir("x/yo")], { lang: "sw" });
    expect(several.queries).toEqual(["ru", "yo"]);
  });

  it.each(["xx-de", "lp-xx-de", "lp-de", "de-xx"])("named %s is asked about", async (code) => {
    await expect(named(mteb(code))).rejects.toThrow(
      `"${code}" before "-corpus" is no pair of languages that the lab knows; say them with --lang and --passage-lang, or their boxes in the page`,
    );
    const { queries, passages } = await named(mteb(code), { lang: "cs", passageLang: "de" });
    expect([queries, passages]).toEqual([["cs"], ["de"]]);
  });

  it("in a folder without a language's name has the stated ones, apart for queries and documents", async () => {
    const { queries, passages } = await named(beir("set"), { lang: "sw", passageLang: "en" });
    expect([queries, passages]).toEqual([["sw"], ["en"]]);
  });

  it("refuses two folders with documents in one language, as their ids and pools would mix", async () => {
    await expect(named([...mteb("ru-sw"), ...mteb("yo-sw")])).rejects.toThrow(
      'two folders have documents in "sw": name them by their languages',
    );
  });

  it("is asked about where one name decides it", () => {
    const names = (files: readonly SourceFile[]) => files.map(({ name }) => name);
    expect(folderLanguages(names(beir("a/ms")))).toEqual({ name: "ms", query: "ms", passage: "ms" });
    expect(folderLanguages(names(beir("set")))).toBeUndefined();
    expect(folderLanguages(names([...beir("ms"), ...beir("id")]))).toBeUndefined();
  });
});

describe("pairs", () => {
  const row = { query: "?", positive: "maji" };
  const pairs = (name: string, rows: object[], options: FormatOptions = {}) =>
    convert(createPairsConverter("mine", options), [jsonl(name, ...rows)]);

  it("go by a pair of languages in the name of their folder or file, not by a single code", async () => {
    for (const name of ["x/ru-sw/train.jsonl", "ru-sw.jsonl"]) {
      const { queries, passages, notes } = await pairs(name, [row]);
      expect([queries, passages]).toEqual([["ru"], ["sw"]]);
      expect(notes).toContain(
        'Noted: languages as the names of folders or files say: "ru-sw" queries Russian, passages Swahili (to say another: --lang or --passage-lang, or their boxes in the page)',
      );
    }
    expect((await pairs("no/train.jsonl", [row])).queries).toEqual(["en"]);
  });

  it("have a stated language of passages", async () => {
    const stated = await pairs("a.jsonl", [row], { lang: "ru", passageLang: "sw" });
    expect([stated.queries, stated.passages, stated.notes]).toEqual([["ru"], ["sw"], []]);
    const own = await pairs("a.jsonl", [{ ...row, passage_lang: "yo" }], { passageLang: "sw" });
    expect(own.passages).toEqual(["yo"]); // a row's own language goes first
  });

  it("of parallel sentences have English queries, and passages of a language that must be stated", async () => {
    const rows = [{ english: "water", non_english: "maji" }];
    const stated = await pairs("talks.jsonl", rows, { passageLang: "sw" });
    expect([stated.queries, stated.passages]).toEqual([["en"], ["sw"]]);
    const folder = await pairs("x/sw-en/a.jsonl", rows); // the columns say which side is English
    expect([folder.queries, folder.passages]).toEqual([["en"], ["sw"]]);
    await expect(pairs("talks.jsonl", rows)).rejects.toThrow(
      "talks.jsonl line 1: the language of column non_english is not stated",
    );
  });
});
