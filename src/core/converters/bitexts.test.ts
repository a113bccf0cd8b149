// Converters of parallel texts on invented files in the real layouts: concepts, tags, splits, and what is refused.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createReport, type Converter } from "./converter.ts";
import type { SidedRecord } from "../data/records.ts";
import { memoryFile } from "../formats/sourceFile.ts";
import { unpackFiles } from "../formats/unpack.ts";
import { folderFiles } from "../../cli/files/nodeFiles.ts";
import { afriqaQuestions } from "./afriqa.ts";
import { mintaka } from "./mintaka.ts";
import { mkqa } from "./mkqa.ts";
import { ntrex128 } from "./ntrex.ts";
import { nusax } from "./nusax.ts";
import { splitByHash, tagVarieties } from "./parallelTexts.ts";
import { tatoeba } from "./tatoeba.ts";
import { tico19 } from "./tico19.ts";

async function convert(converter: Converter, files: Record<string, string>) {
  const report = createReport();
  const records: SidedRecord[] = [];
  const sources = Object.entries(files).map(([name, text]) => memoryFile(name, text));
  for await (const record of converter.convert(sources, report)) records.push(record);
  return { records, notes: report.notes() };
}

/** "lang concept text" of the passages; every passage must have its query of the same words. */
async function sentences(converter: Converter, files: Record<string, string>) {
  const { records, notes } = await convert(converter, files);
  const rows = records.map(({ side, record }) => {
    const concept = side === "queries" ? record.concept : record.concepts.join();
    return { side, split: record.split, line: `${record.lang} ${concept} ${record.text}` };
  });
  const of = (side: string) => rows.filter((row) => row.side === side);
  expect(of("queries").map(({ line, split }) => [line, split])).toEqual(
    of("passages").map(({ line, split }) => [line, split]),
  );
  return {
    lines: of("passages").map(({ line }) => line),
    notes,
    splits: of("passages").map(({ split }) => split),
  };
}

describe("ntrex-128", () => {
  const files = {
    "DOCUMENT_IDS.tsv": "news.1\nnews.1\nnews.2\n",
    "newstest2019-src.eng.txt": "One.\nTwo.\nThree.\n",
    "newstest2019-ref.swa.txt": "Moja.\n\nTatu.\n",
    "newstest2019-ref.eng-GB.txt": "One, sir.\nTwo.\nThree.\n",
    "newstest2019-ref.srp-Latn.txt": "Jedan.\nDva.\nTri.\n",
    "newstest2019-ref-2.spa.txt": "Uno.\nDos.\nTres.\n",
    "LANGUAGES.tsv": "swa Swahili\n",
  };
  it("makes concepts of lines, keeps scripts apart, and reports what it leaves out", async () => {
    const { lines, notes } = await sentences(ntrex128, files);
    expect(lines).toEqual([
      "sr-Latn 1 Jedan.",
      "sr-Latn 2 Dva.",
      "sr-Latn 3 Tri.",
      "sw 1 Moja.",
      "sw 3 Tatu.",
      "en 1 One.",
      "en 2 Two.",
      "en 3 Three.",
    ]);
    expect(notes).toEqual([
      "Left out once: second translations into a language (first: newstest2019-ref-2.spa.txt)",
      "Left out once: regional varieties beside their language (first: eng-GB)",
      "Left out once: empty lines (first: newstest2019-ref.swa.txt line 2)",
    ]);
  });
  it("splits by document, alike in all languages", async () => {
    const documents = Array.from({ length: 200 }, (_, i) => `news.${i}`).join("\n");
    const text = Array.from({ length: 200 }, (_, i) => `Line ${i}.`).join("\n");
    const { splits } = await sentences(ntrex128, {
      "DOCUMENT_IDS.tsv": documents,
      "newstest2019-src.eng.txt": text,
      "newstest2019-ref.swa.txt": text,
    });
    expect(splits.slice(0, 200)).toEqual(splits.slice(200));
    expect(splits.slice(0, 200)).toEqual(documents.split("\n").map(splitByHash));
    expect(new Set(splits)).toEqual(new Set(["train", "test"]));
  });
  it.each([
    ["One.\nTwo.\n", "2 lines"],
    ["One.\nTwo.\nThree.\nFour.\n", "4 lines"],
  ])("refuses a text of other length: %j", async (text, message) => {
    await expect(convert(ntrex128, { ...files, "newstest2019-ref.swa.txt": text })).rejects.toThrow(
      `newstest2019-ref.swa.txt: ${message}`,
    );
  });
});

describe("tico-19", () => {
  const tmx = (lang: string, ...units: [string, string, string][]) =>
    `<tmx><body>${units.map(([id, en, text]) => `<tu tuid="${id}"><tuv xml:lang="en"><seg>${en}</seg></tuv><tuv xml:lang="${lang}"><seg>${text}</seg></tuv></tu>`).join("\n")}</body></tmx>`;
  it("gives English once, and a lone variety its language's tag", async () => {
    const { lines, notes } = await sentences(tico19, {
      "a/all.en-sw.tmx": tmx("sw", ["d:1", "One.", "Moja."], ["d:2", "Two.", ""]),
      "all.en-es-LA.tmx": tmx("es-LA", ["d:1", "&quot; One.", "Uno."]),
      "all.en-fa.old.tmx": tmx("fa", ["d:1", "One.", "-"]),
      "all.en-ti.tmx": tmx("ti", ["d:1", "One.", "T."]),
      "all.en-ti_ER.tmx": tmx("ti-ER", ["d:1", "One.", "T-ER."]),
    });
    // Files are read in the order of their names, so es-LA brings the first English text of d:1.
    expect(lines).toEqual(['en d:1 " One.', "es d:1 Uno.", "sw d:1 Moja.", "en d:2 Two.", "ti d:1 T."]);
    expect(notes).toContain("Left out once: files that a newer one replaces (first: all.en-fa.old.tmx)");
    expect(notes).toContain("Left out once: regional varieties beside their language (first: ti_ER)");
    expect(notes).toContain("Left out once: empty segments (first: a/all.en-sw.tmx line 2)");
    const differing = notes.find((note) => note.includes("English segments that differ"));
    expect(differing).toMatch(/^Left out: 2 /); // those of sw and ti
  });
});

describe("tatoeba", () => {
  it("shares the concept of an English sentence between languages", async () => {
    const { lines } = await sentences(tatoeba, {
      "tatoeba.deu-eng.deu": "Eins.\nZwei.\n",
      "tatoeba.deu-eng.eng": "One.\nTwo.\n",
      "tatoeba.swh-eng.swh": "Mbili.\nMbili tu.\n",
      "tatoeba.swh-eng.eng": "Two.\nTwo.\n",
    });
    expect(lines).toEqual([
      "en 0 One.",
      "de 0 Eins.",
      "en 1 Two.",
      "de 1 Zwei.",
      "sw 1 Mbili.",
      "sw 1 Mbili tu.",
    ]);
  });
  it("refuses pairs that are not aligned", async () => {
    const files = { "tatoeba.deu-eng.deu": "Eins.\n", "tatoeba.deu-eng.eng": "One.\nTwo.\n" };
    await expect(convert(tatoeba, files)).rejects.toThrow("tatoeba.deu-eng.eng: has more lines than");
    const missing = { "tatoeba.deu-eng.deu": "Eins.\n" };
    await expect(convert(tatoeba, missing)).rejects.toThrow("tatoeba.deu-eng.eng is missing");
  });
});

it("nusax takes its columns, its splits and text over several lines", async () => {
  const head =
    ",indonesian,acehnese,banjarese,english,madurese,ngaju,sundanese,balinese,buginese,javanese,minangkabau,toba_batak";
  const row = (n: number) =>
    `${n},"a${n}\nb",${Array.from({ length: 11 }, (_, i) => `t${n}.${i}`).join(",")}`;
  const { lines, splits } = await sentences(nusax, {
    "mt/train.csv": `${head}\n${row(0)}\n`,
    "mt/valid.csv": `${head}\n${row(0)}\n`,
    "mt/test.csv": `${head}\n${row(0)}\n${row(1)}\n`,
  });
  expect(lines.filter((line) => line.startsWith("id "))).toEqual([
    "id test.0 a0\nb",
    "id test.1 a1\nb",
    "id train.0 a0\nb",
    "id valid.0 a0\nb",
  ]);
  expect(lines.find((line) => line.startsWith("bbc "))).toBe("bbc test.0 t0.10");
  expect(splits.filter((split) => split === "train")).toHaveLength(12);
});

it("mkqa joins the files of both archives and takes ids apart", async () => {
  const line = (id: number, lang: string, question: string) =>
    JSON.stringify({ id: `${id}_${lang}`, lang, question, answers: ["x"] });
  const files = {
    "dev.zip/mkqa-en.jsonl": line(-1, "en", "one"),
    "dev.zip/mkqa-zh_cn.jsonl": line(-1, "zh_cn", "yi"),
    "test.zip/mkqa-en.jsonl": line(2, "en", "two"),
    "test.zip/mkqa-pt.jsonl": "",
  };
  expect((await sentences(mkqa, files)).lines).toEqual(["en -1 one", "en 2 two", "zh -1 yi"]);
  const wrong = { "mkqa-en.jsonl": line(1, "fi", "yksi") };
  await expect(convert(mkqa, wrong)).rejects.toThrow(
    'mkqa-en.jsonl line 1: lang and the end of id must be "en"',
  );
});

it("mintaka follows the publisher's splits only where there is a train file", async () => {
  const file = (id: string) => JSON.stringify([{ id, question: "One?", translations: { de: "Eins?" } }]);
  const both = { "mintaka_train.json": file("a"), "mintaka_test.json": file("b") };
  const { lines, splits } = await sentences(mintaka, both);
  expect(lines).toEqual(["en b One?", "de b Eins?", "en a One?", "de a Eins?"]);
  expect(splits).toEqual(["test", "test", "train", "train"]);
});

it("afriqa's questions pair with their translation", async () => {
  const row = { id: 0, question: "Lini?", translated_question: "When?", answers: "['a']" };
  const { lines, splits } = await sentences(afriqaQuestions, {
    "swa/queries.afriqa.swa.en.train.json": JSON.stringify(row),
    "swa/queries.afriqa.swa.en.dev.json": JSON.stringify({ ...row, id: 0 }),
  });
  expect(lines).toEqual([
    "sw swa.dev.0 Lini?",
    "en swa.dev.0 When?",
    "sw swa.train.0 Lini?",
    "en swa.train.0 When?",
  ]);
  expect(splits).toEqual(["test", "test", "train", "train"]);
});

describe("splitByHash and tagVarieties", () => {
  it("puts about a tenth into test", () => {
    const n = Array.from({ length: 10_000 }, (_, i) => splitByHash(`d${i}`)).filter(
      (s) => s === "test",
    ).length;
    expect(n).toBeGreaterThan(850); // 1,000 ± 5 standard deviations of 30
    expect(n).toBeLessThan(1150);
  });
  it("keeps two varieties apart where the language itself is missing", () => {
    const report = createReport();
    expect([...tagVarieties(["ti_ER", "ti_ET", "pt-BR"], report)]).toEqual([
      ["ti_ER", "ti-ER"],
      ["ti_ET", "ti-ET"],
      ["pt-BR", "pt"],
    ]);
    expect(() => tagVarieties(["sw", "swh"], report)).toThrow('sw and swh are both "sw"');
    expect(() => tagVarieties(["klingon"], report)).toThrow('"klingon" is no language code');
  });
});

const folder = process.env["LAB_DATA_DIR"];
if (!folder) console.warn("SKIPPED: counts of the real bitexts. Set LAB_DATA_DIR");

/** Passages and languages, counted by `wc` and Python over the originals. */
describe.skipIf(!folder).each([
  [tatoeba, 88_877 + 69_241, 113],
  [nusax, 12_000, 12],
  [mkqa, 12 * 6_758, 12],
  [mintaka, 18_000, 9],
] as const)("the real files", (converter, passages, languages) => {
  it(`of ${converter.datasetId}`, async () => {
    const path = `${folder}/${converter.datasetId}`;
    expect(existsSync(path)).toBe(true);
    const counts = new Map<string, number>();
    const files = await unpackFiles(await folderFiles(path));
    for await (const { side, record } of converter.convert(files, createReport())) {
      if (side === "passages") counts.set(record.lang, (counts.get(record.lang) ?? 0) + 1);
    }
    expect([[...counts.values()].reduce((a, b) => a + b, 0), counts.size]).toEqual([passages, languages]);
  });
});
