// Every converter on thousands of damaged files: an answer or a clear refusal, never a crash, a hang or a wrong count.
// With LAB_DATA_DIR the damaged files are real ones; FUZZ_RUNS repeats the whole with more cases.
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { existsSync, readFileSync } from "node:fs";
import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { parquetWriteBuffer } from "hyparquet-writer";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { afriqa } from "../converters/afriqa.ts";
import { exams } from "../converters/exams.ts";
import { mkqa } from "../converters/mkqa.ts";
import { ntrex128 } from "../converters/ntrex.ts";
import { nusax } from "../converters/nusax.ts";
import { tatoeba } from "../converters/tatoeba.ts";
import { tico19 } from "../converters/tico19.ts";
import { damage, damagedBytes } from "../../testing/damagedBytes.ts";
import { soon } from "../../testing/soon.ts";
import { createReport, type Converter } from "../converters/converter.ts";
import { memoryFile, type SourceFile } from "../formats/sourceFile.ts";
import { unpackFiles } from "../formats/unpack.ts";
import { createBeirConverter } from "./beir.ts";
import { miracl } from "./miracl.ts";
import { mmarco } from "./mmarco.ts";
import { mlqaR } from "./squadSentences.ts";
import { createPairsConverter } from "./trainingPairs.ts";

/** Cases per set; together 21,000. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 1400);

/** Bytes of a set below which it must be done within a second; whole archives of real data take longer. */
const SMALL = 100_000;

type Files = Readonly<Record<string, Uint8Array>>;
const bytes = (text: string) => new TextEncoder().encode(text);
const jsonl = (...rows: unknown[]) => bytes(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
const five = [0, 1, 2, 3, 4];
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;

interface Outcome {
  readonly queries: number;
  readonly passages: number;
  readonly leftOut: number;
}

/** Converts, and checks what every conversion owes: unique ids, texts, known grades. */
async function convert(converter: Converter, files: readonly SourceFile[]): Promise<Outcome> {
  const unpacked = await unpackFiles(files);
  const report = createReport();
  const ids = { queries: new Set<string>(), passages: new Set<string>() };
  let [queries, passages] = [0, 0];
  for await (const { side, record } of converter.convert(unpacked, report)) {
    if (side === "queries") queries++;
    else passages++;
    ids[side].add(record._id);
    // Asked without `expect`, which is slow: a million times in all.
    if (record.text.trim() === "" || !LANGUAGE.test(record.lang))
      expect.fail(`no record: ${JSON.stringify(record)}`);
  }
  const leftOut = report
    .notes()
    .reduce(
      (sum, note) =>
        sum + (/^Left out once/.test(note) ? 1 : Number(/^Left out: (\d+)/.exec(note)?.[1] ?? 0)),
      0,
    );
  return { queries, passages, leftOut };
}

/** A refusal is one sentence for a person that names the file or the set. */
function expectRefusal(error: unknown, files: Files): void {
  if (!(error instanceof Error) || error instanceof TypeError || error.name === "AssertionError") throw error;
  const { message } = error;
  const names = Object.keys(files).map((name) => name.split("/").at(-1)!.replace(/\.gz$/, ""));
  const isNamed =
    names.some((name) => message.includes(name)) ||
    /missing|no folder|no language|"[^"]*" is no/.test(message);
  const own = message.replace(/ \(.*\)$/s, ""); // without the words of a library
  if (!isNamed || /undefined|\[object/.test(own))
    throw new Error(`unclear refusal: ${message}`, { cause: error });
}

async function fuzz(
  converter: Converter,
  files: Files,
  onOutcome?: (o: Outcome, damaged: Files) => void,
  runs = RUNS,
) {
  const names = Object.keys(files);
  const size = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  const whole = await convert(
    converter,
    names.map((name) => memoryFile(name, files[name]!)),
  );
  expect(whole.queries).toBeGreaterThan(0); // the undamaged files are good
  let [accepted, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.nat(names.length - 1),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      async (which, hurts) => {
        const damaged = { ...files, [names[which]!]: hurts.reduce(damagedBytes, files[names[which]!]!) };
        let outcome: Outcome;
        try {
          const converted = () =>
            convert(
              converter,
              names.map((name) => memoryFile(name, damaged[name]!)),
            );
          const told = () => `${names[which]!} damaged by ${JSON.stringify(hurts)}`;
          outcome = await (size < SMALL ? soon(converted, told) : converted());
        } catch (error) {
          refused++;
          return expectRefusal(error, files);
        }
        accepted++;
        onOutcome?.(outcome, damaged);
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  if (runs >= 100) expect(refused).toBeGreaterThan(0); // of a handful, by chance, none may be hurt badly
  expect(accepted + refused).toBe(runs);
}

const lineCount = (content: Uint8Array) =>
  new TextDecoder()
    .decode(content)
    .replace(/^\ufeff/, "")
    .split("\n")
    .filter((line) => line.trim() !== "").length;

async function zip(entries: Record<string, string>): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, text] of Object.entries(entries)) await writer.add(name, new TextReader(text));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

const BEIR: Files = {
  "corpus.jsonl": jsonl(...five.map((i) => ({ _id: `d${i}`, title: `T${i}`, text: `text ${i}` }))),
  "queries.jsonl": jsonl(...five.map((i) => ({ _id: `q${i}`, text: `query ${i}?` }))),
  "qrels/train.tsv": bytes(
    `query-id\tcorpus-id\tscore\n${five
      .slice(0, 3)
      .map((i) => `q${i}\td${i}\t1\n`)
      .join("")}`,
  ),
  "qrels/test.tsv": bytes("query-id\tcorpus-id\tscore\nq3\td3\t2\nq4\td4\t1\n"),
};
const squad = JSON.stringify({
  data: [
    {
      paragraphs: [
        {
          context: "One. Two.",
          sentence_breaks: [
            [0, 4],
            [5, 9],
          ],
          sentences: ["One.", "Two."],
          qas: [{ id: "a", question: "What?", answers: [{ answer_start: 5, text: "Two" }] }],
        },
      ],
    },
  ],
});

describe("damaged files", { timeout: Math.max(300_000, 200 * RUNS) }, () => {
  it("of BEIR: every query line is a record or counted", () =>
    fuzz(createBeirConverter("x", { lang: "sw" }), BEIR, ({ queries, leftOut }, damaged) => {
      const asked = lineCount(damaged["queries.jsonl"]!);
      expect(queries).toBeLessThanOrEqual(asked);
      expect(queries + leftOut).toBeGreaterThanOrEqual(asked);
    }));
  it("of BEIR, packed", () =>
    fuzz(createBeirConverter("x", { lang: "sw" }), {
      ...BEIR,
      "corpus.jsonl.gz": new Uint8Array(gzipSync(BEIR["corpus.jsonl"]!)),
      "corpus.jsonl": bytes(""),
    }));
  it("of MTEB's Parquet", () => {
    const parquet = (columns: Record<string, (string | number)[]>) =>
      new Uint8Array(
        parquetWriteBuffer({ columnData: Object.entries(columns).map(([name, data]) => ({ name, data })) }),
      );
    return fuzz(createBeirConverter("x"), {
      "sw-corpus/test.parquet": parquet({ _id: ["d1", "d2"], title: ["", "T"], text: ["one", "two"] }),
      "sw-queries/test.parquet": parquet({ _id: ["q1", "q2"], text: ["1?", "2?"] }),
      "sw-qrels/test.parquet": parquet({
        "query-id": ["q1", "q2"],
        "corpus-id": ["d1", "d2"],
        score: [1, 2],
      }),
    });
  });
  it("of MIRACL", () =>
    fuzz(miracl, {
      "topics.miracl-v1.0-sw-dev.tsv": bytes("1\tOne?\n2\tTwo?\n"),
      "qrels.miracl-v1.0-sw-dev.tsv": bytes("1\tQ0\t1#0\t1\n2\tQ0\t2#0\t1\n2\tQ0\t1#0\t0\n"),
      "miracl-corpus-v1.0-sw/docs-0.jsonl": jsonl(
        { docid: "1#0", title: "T", text: "one" },
        { docid: "2#0", title: "", text: "two" },
      ),
    }));
  it("of mMARCO", () =>
    fuzz(mmarco, {
      "german_collection.tsv": bytes("0\tnull\n1\teins\n2\tzwei\n"),
      "german_queries.dev.small.tsv": bytes("7\tWas?\n8\tWer?\n"),
      "qrels.dev.small.tsv": bytes("7\t0\t1\t1\n8\t0\t2\t1\n"),
    }));
  it("of SQuAD's shape", () =>
    fuzz(
      mlqaR,
      Object.fromEntries(
        ["ar", "de", "en", "es", "hi", "vi", "zh"].map((lang) => [`${lang}.json`, bytes(squad)]),
      ),
    ));
  it("of pairs in CSV: every row is a query, a repetition, or counted", () =>
    fuzz(createPairsConverter("x", { lang: "sw" }), {
      "a.csv": bytes(`query,passage,label\n${five.map((i) => `"q ${i}","p, ""${i}""",1\n`).join("")}`),
    }));
  it("of Tevatron's lines", () =>
    fuzz(createPairsConverter("x", { lang: "sw" }), {
      "a.jsonl": jsonl(
        ...five.map((i) => ({
          query_id: i,
          query: `q${i}`,
          positive_passages: [{ docid: "1", title: "T", text: "p" }],
          negative_passages: [],
        })),
      ),
    }));
  it("of NTREX-128: a file that is taken has the lines of the others", () =>
    fuzz(
      ntrex128,
      {
        "DOCUMENT_IDS.tsv": bytes("a\na\nb\nb\nc\n"),
        "newstest2019-src.eng.txt": bytes("One.\nTwo.\nThree.\nFour.\nFive.\n"),
        "newstest2019-ref.swa.txt": bytes("Moja.\nMbili.\nTatu.\nNne.\nTano.\n"),
      },
      ({ queries, passages, leftOut }) => {
        expect(queries).toBe(passages);
        expect((queries + leftOut) % 2).toBe(0); // two languages, a line each, told or counted
      },
    ));
  it("of TICO-19, zipped", async () => {
    const unit = (i: number) =>
      `<tu tuid="d:${i}"><tuv xml:lang="en"><seg>One ${i}.</seg></tuv><tuv xml:lang="sw"><seg>Moja ${i}.</seg></tuv></tu>`;
    const tmx = `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header/><body>\n${five.map(unit).join("\n")}\n</body></tmx>\n`;
    await fuzz(tico19, { "all.en-sw.tmx.zip": await zip({ "all.en-sw.tmx": tmx }) });
    await fuzz(tico19, { "all.en-sw.tmx": bytes(tmx) });
  });
  it("of Tatoeba: pairs that are taken are aligned", () =>
    fuzz(
      tatoeba,
      {
        "tatoeba.deu-eng.deu": bytes("Eins.\nZwei.\nDrei.\n"),
        "tatoeba.deu-eng.eng": bytes("One.\nTwo.\nThree.\n"),
      },
      ({ queries, leftOut }, damaged) => {
        const count = (name: string) =>
          new TextDecoder().decode(damaged[name]).replace(/\n$/, "").split("\n").length;
        if (damaged["tatoeba.deu-eng.deu"]!.length > 0)
          expect(queries + leftOut).toBeGreaterThanOrEqual(count("tatoeba.deu-eng.deu"));
      },
    ));
  it("of NusaX", () => {
    const head =
      ",indonesian,acehnese,banjarese,english,madurese,ngaju,sundanese,balinese,buginese,javanese,minangkabau,toba_batak";
    const file = bytes(
      `${head}\n${five.map((i) => `${i},${Array.from({ length: 12 }, (_, j) => `"t ${i} ${j}"`).join(",")}`).join("\n")}\n`,
    );
    return fuzz(nusax, { "train.csv": file, "valid.csv": file, "test.csv": file });
  });
  it("of MKQA, AfriQA and EXAMS", async () => {
    await fuzz(
      mkqa,
      {
        "mkqa-fi.jsonl": jsonl(
          ...five.map((i) => ({ id: `${i}_fi`, lang: "fi", question: `k${i}`, answers: ["a"] })),
        ),
      },
      undefined,
      RUNS / 2,
    );
    const gold = { title: "T", context: "Text.", question_lang: "Nini?", question_translated: "What?" };
    await fuzz(
      afriqa,
      {
        "gold_span_passages.afriqa.hau.en.dev.json": jsonl(...five.map((i) => ({ id: String(i), ...gold }))),
      },
      undefined,
      RUNS / 2,
    );
    const question = (id: string) => ({
      id,
      question: { stem: "Ne?", choices: [{ text: "iki", label: "A" }] },
      answerKey: "A",
      info: { language: "Turkish" },
    });
    const rows = jsonl(...five.map((i) => question(`q${i}`)));
    const tar = new Uint8Array(
      gzipSync(await packTar([{ header: { name: "train.jsonl", size: rows.length }, body: rows }])),
    );
    await fuzz(exams, {
      "train.jsonl.tar.gz": tar,
      "dev.jsonl": jsonl(question("d")),
      "test.jsonl": jsonl(question("t")),
      "parallel_questions.jsonl": jsonl({ q1: ["q2"] }, { q2: ["q1"] }),
    });
  });
});

const folder = process.env["LAB_DATA_DIR"];
if (!folder) console.warn("SKIPPED: damaged real files. Set LAB_DATA_DIR");

/** Starts of the real files, small enough for hundreds of cases. */
describe.skipIf(!folder || !existsSync(folder))(
  "damaged real files",
  { timeout: Math.max(300_000, 200 * RUNS) },
  () => {
    const start = (file: string, size: number) => {
      const whole = readFileSync(`${folder}/${file}`);
      const end = size >= whole.length ? whole.length : whole.lastIndexOf(10, size) + 1;
      return new Uint8Array(whole.subarray(0, end));
    };
    it("are refused or converted", async () => {
      const lines = (file: string, n: number) =>
        bytes(readFileSync(`${folder}/${file}`, "utf8").split("\n").slice(0, n).join("\n") + "\n");
      const text = (lang: string) => ({
        [`newstest2019-ref.${lang}.txt`]: lines(`ntrex-128/newstest2019-ref.${lang}.txt`, 20),
      });
      await fuzz(
        ntrex128,
        { "DOCUMENT_IDS.tsv": lines("ntrex-128/DOCUMENT_IDS.tsv", 20), ...text("amh"), ...text("khm") },
        undefined,
        300,
      );
      const pair = (side: string) => ({
        [`tatoeba.amh-eng.${side}`]: lines(`tatoeba/tatoeba.amh-eng.${side}`, 30),
      });
      await fuzz(tatoeba, { ...pair("amh"), ...pair("eng") }, undefined, 300);
      const gold = "gold_span_passages.afriqa.bem.en.dev.json";
      await fuzz(afriqa, { [gold]: start(`afriqa/gold_passages/bem/${gold}`, 20_000) }, undefined, 300);
      await fuzz(tico19, { "all.en-zu.tmx.zip": start("tico-19/all.en-zu.tmx.zip", Infinity) }, undefined, 6);
      await fuzz(mkqa, { "mkqa_dev.zip": start("mkqa/mkqa_dev.zip", Infinity) }, undefined, 6);
    });
  },
);
