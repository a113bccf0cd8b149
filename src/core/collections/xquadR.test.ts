// The real files against the numbers of their paper, and invented ones with planted mistakes.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { splitOfArticle, xquadR, xquadRContext } from "./xquadR.ts";
import { createReport, type Converter } from "../converters/converter.ts";
import type { PassageRecord, QueryRecord, SidedRecord } from "../data/records.ts";
import { memoryFile, type SourceFile } from "../formats/sourceFile.ts";

const folder = process.env["LAB_DATA_DIR"];
if (!folder) console.warn("SKIPPED: XQuAD-R counts. Set LAB_DATA_DIR to a folder that holds xquad-r/*.json");

/** Candidates per language, from the data set's description. */
const CANDIDATES = {
  ar: 1222,
  de: 1276,
  el: 1234,
  en: 1180,
  es: 1215,
  hi: 1244,
  ru: 1219,
  th: 852,
  tr: 1167,
  vi: 1209,
  zh: 1196,
};

/** Two sentences, [0, 10) and [11, 21), one question in each. */
function paragraph() {
  const qa = (id: string, start: number) => ({
    id,
    question: `Which ${id}?`,
    answers: [{ answer_start: start, text: "-" }],
  });
  return {
    context: "Grey cats. Red foxes.",
    sentence_breaks: [
      [0, 10],
      [11, 21],
    ],
    sentences: ["Grey cats.", "Red foxes."],
    qas: [qa("q0", 9), qa("q1", 11)],
  };
}

type Content = { data: { title: string; paragraphs: ReturnType<typeof paragraph>[] }[] };
const content = (): Content => ({ data: [{ title: "Animals", paragraphs: [paragraph()] }] });

/** All eleven files, `lang`'s as given. */
function filesWith(lang: string, text: string): SourceFile[] {
  return xquadR.fileNames.map((name) =>
    memoryFile(name, name === `${lang}.json` ? text : JSON.stringify(content())),
  );
}

async function convert(converter: Converter, files: readonly SourceFile[]) {
  const records: SidedRecord[] = [];
  for await (const record of converter.convert(files, createReport())) records.push(record);
  const queries: QueryRecord[] = records.flatMap((r) => (r.side === "queries" ? [r.record] : []));
  const passages: PassageRecord[] = records.flatMap((r) => (r.side === "passages" ? [r.record] : []));
  return { queries, passages };
}

describe.skipIf(!folder)("the real files", async () => {
  const files = folder
    ? xquadR.fileNames.map((name) => memoryFile(name, readFileSync(`${folder}/xquad-r/${name}`)))
    : [];
  const { queries, passages } = folder ? await convert(xquadR, files) : { queries: [], passages: [] };

  it("give 13,090 queries and 13,014 candidates, per language as described", () => {
    expect(queries).toHaveLength(11 * 1190);
    expect(passages).toHaveLength(13_014);
    for (const [lang, n] of Object.entries(CANDIDATES)) {
      expect(passages.filter((p) => p.lang === lang).length, lang).toBe(n);
      expect(queries.filter((q) => q.lang === lang).length, lang).toBe(1190);
    }
  });

  it("say which of the 240 paragraphs a question is on", () => {
    for (const lang of ["en", "th"]) {
      const own = queries.filter((q) => q.lang === lang);
      expect(new Set(own.map(({ cluster }) => cluster)).size, lang).toBe(240);
    }
  });

  it("give every question eleven relevant candidates of its own split, one per language", () => {
    const relevant = new Map<string, PassageRecord[]>();
    for (const p of passages) {
      for (const concept of p.concepts) relevant.set(concept, [...(relevant.get(concept) ?? []), p]);
    }
    expect(relevant.size).toBe(1190);
    for (const { concept, split } of queries) {
      const of = relevant.get(concept)!;
      expect(of.map((p) => p.lang)).toEqual(Object.keys(CANDIDATES));
      expect(of.every((p) => p.split === split)).toBe(true);
    }
  });

  it("put the same questions of 12 of the 48 articles into test in every language", () => {
    const articles = (split: string) =>
      new Set(passages.filter((p) => p.split === split).map((p) => /:(a\d+)p/.exec(p._id)![1])).size;
    expect([articles("train"), articles("test")]).toEqual([36, 12]);
    const perLanguage = Object.keys(CANDIDATES).map(
      (lang) => queries.filter((q) => q.lang === lang && q.split === "test").length,
    );
    expect(new Set(perLanguage).size).toBe(1);
  });

  it("give unique ids", () => {
    expect(new Set(passages.map((p) => p._id)).size).toBe(13_014);
    expect(new Set(queries.map((q) => q._id)).size).toBe(13_090);
  });
});

describe("invented files", () => {
  it("put an answer on the boundary into the sentence that it starts in", async () => {
    const { passages } = await convert(xquadR, filesWith("de", JSON.stringify(content())));
    // q0 starts at 9, the last character of [0, 10); q1 at 11, the first of [11, 21)
    expect(passages.slice(0, 2)).toEqual([
      { _id: "ar:a0p0s0", text: "Grey cats.", lang: "ar", concepts: ["q0"], split: "train" },
      { _id: "ar:a0p0s1", text: "Red foxes.", lang: "ar", concepts: ["q1"], split: "train" },
    ]);
  });

  it("keep the paragraph as context in the other variant", async () => {
    const { passages } = await convert(xquadRContext, filesWith("de", JSON.stringify(content())));
    expect(passages[1]!.text).toBe("Red foxes.\nGrey cats. Red foxes.");
  });

  it("take the files in any order", async () => {
    const files = filesWith("de", JSON.stringify(content()));
    expect(await convert(xquadR, [...files].reverse())).toEqual(await convert(xquadR, files));
  });

  it("split by article: 3, 7, 11, ... are test", () => {
    const test = Array.from({ length: 48 }, (_, i) => i).filter((i) => splitOfArticle(i) === "test");
    expect(test).toEqual([3, 7, 11, 15, 19, 23, 27, 31, 35, 39, 43, 47]);
  });

  it.each<[string, (c: Content) => void, string]>([
    [
      "an answer between sentences",
      (c) => (c.data[0]!.paragraphs[0]!.qas[1]!.answers[0]!.answer_start = 10),
      "de.json, article 0, paragraph 0: answer_start 10 of question q1 lies in no sentence",
    ],
    [
      "overlapping sentences",
      (c) => (c.data[0]!.paragraphs[0]!.sentence_breaks[1] = [9, 21]),
      "de.json, article 0, paragraph 0: sentence_breaks 1 is [9, 21), must follow 10 and end by 21",
    ],
    [
      "a sentence past the end",
      (c) => (c.data[0]!.paragraphs[0]!.sentence_breaks[1] = [11, 22]),
      "sentence_breaks 1 is [11, 22)",
    ],
    [
      "a sentence too few",
      (c) => c.data[0]!.paragraphs[0]!.sentences.pop(),
      "de.json, article 0, paragraph 0: 1 sentences but 2 sentence_breaks",
    ],
    [
      "a wrong type",
      (c) => ((c.data[0]!.paragraphs[0]!.qas[0] as { question: unknown }).question = 5),
      "de.json, article 0, paragraph 0, qas.0.question: ",
    ],
    [
      "no answer",
      (c) => (c.data[0]!.paragraphs[0]!.qas[0]!.answers = []),
      "de.json, article 0, paragraph 0, qas.0.answers: ",
    ],
    [
      "a question missing",
      (c) => c.data[0]!.paragraphs[0]!.qas.pop(),
      "de.json: questions must be those of ar.json in the same order; found the end after 1, expected q1",
    ],
    [
      "another question",
      (c) => (c.data[0]!.paragraphs[0]!.qas[0]!.id = "q9"),
      "de.json: questions must be those of ar.json in the same order; found q9, expected q0",
    ],
  ])("name file, place and reason for %s", async (_, plant, message) => {
    const broken = content();
    plant(broken);
    await expect(convert(xquadR, filesWith("de", JSON.stringify(broken)))).rejects.toThrow(message);
  });

  it("name a file that is not JSON or has another shape", async () => {
    await expect(convert(xquadR, filesWith("de", "<html>"))).rejects.toThrow("de.json is not JSON: ");
    await expect(convert(xquadR, filesWith("de", "{}"))).rejects.toThrow("de.json, data: ");
    await expect(convert(xquadR, [])).rejects.toThrow("ar.json is missing");
  });
});
