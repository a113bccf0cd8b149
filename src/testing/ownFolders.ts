// Invented collections in two languages, in the layouts that benchmarks are published in: path -> content. Writes no file.
import { parquetWriteBuffer } from "hyparquet-writer";
import { gzipSync } from "node:zlib";

export type FolderFiles = Readonly<Record<string, string | Uint8Array>>;

export const OWN_LANGUAGES = ["sw", "yo"];

/** Of each language: queries 0 to 27 are train, 28 to 39 test, and the last has no relevant document. */
export const OWN_COUNTS = { documents: 40, judged: 39, test: 11 };

const WORDS = "maji moto nyumba mti samaki jua mwezi nyota mto bahari".split(" ");
const name = (i: number) => `${WORDS[i % 10]} ${WORDS[Math.floor(i / 10)]}`;
const all = Array.from({ length: OWN_COUNTS.documents }, (_, i) => i);
const documents = all.map((i) => ({ id: `d${i}`, title: name(i), text: `${name(i)} ${i}` }));
const queries = all.map((i) => ({ id: `q${i}`, text: `${name(i)}?` }));
const judged = (split: string) =>
  (split === "train" ? queries.slice(0, 28) : queries.slice(28, OWN_COUNTS.judged)).map(
    ({ id }) => [id, id.replace("q", "d"), 1] as const,
  );

const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const lines = (rows: readonly (readonly (string | number)[])[]) =>
  rows.map((row) => `${row.join("\t")}\n`).join("");
const parquet = (rows: readonly Readonly<Record<string, string | number>>[]) => {
  const columnData = Object.keys(rows[0]!).map((column) => ({
    name: column,
    data: rows.map((row) => row[column]!),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
};
const eachLanguage = (files: (lang: string) => FolderFiles): FolderFiles =>
  Object.assign({}, ...OWN_LANGUAGES.map(files)) as FolderFiles;

/** A BEIR folder per language. */
export const beirFolder = (): FolderFiles =>
  eachLanguage((lang) => {
    const qrels = (split: string) => `query-id\tcorpus-id\tscore\n${lines(judged(split))}`;
    return {
      [`${lang}/corpus.jsonl`]: jsonl(documents.map(({ id, ...rest }) => ({ _id: id, ...rest }))),
      [`${lang}/queries.jsonl`]: jsonl(queries.map(({ id, text }) => ({ _id: id, text }))),
      [`${lang}/qrels/train.tsv`]: qrels("train"),
      [`${lang}/qrels/test.tsv`]: qrels("test"),
    };
  });

/** An MTEB folder: a configuration for each language and table, in Parquet. */
export const mtebFolder = (): FolderFiles =>
  eachLanguage((lang) => {
    const qrels = (split: string) =>
      parquet(judged(split).map(([q, d, score]) => ({ "query-id": q, "corpus-id": d, score })));
    return {
      [`${lang}-corpus/test-00000-of-00001.parquet`]: parquet(
        documents.map(({ id, ...rest }) => ({ _id: id, ...rest })),
      ),
      [`${lang}-queries/test-00000-of-00001.parquet`]: parquet(
        queries.map(({ id, text }) => ({ _id: id, text })),
      ),
      [`${lang}-qrels/train-00000-of-00001.parquet`]: qrels("train"),
      [`${lang}-qrels/test-00000-of-00001.parquet`]: qrels("test"),
    };
  });

/**
 * MLQA-R's layout: a file per language, questions in 2 to 4 of them. Each has two sentences; question i of a file is answered
 * by sentence i % 2.
 * @param askedIn question -> its languages
 */
export const mlqaFolder = (askedIn: Readonly<Record<string, readonly string[]>>): FolderFiles =>
  Object.fromEntries(
    ["ar", "de", "en", "es", "hi", "vi", "zh"].map((lang) => {
      const asked = Object.keys(askedIn).filter((id) => askedIn[id]!.includes(lang));
      const paragraph = {
        context: "maji moto. nyumba.",
        sentence_breaks: [
          [0, 10],
          [11, 18],
        ],
        sentences: ["maji moto.", "nyumba."],
        qas: asked.map((id, i) => ({
          id,
          question: `${WORDS[i]} ${lang}?`,
          answers: [{ answer_start: (i % 2) * 11, text: "-" }],
        })),
      };
      return [`${lang}.json`, JSON.stringify({ data: [{ paragraphs: [paragraph] }] })];
    }),
  );

/** MIRACL's layout: topics and judgements as TSV, passages as packed JSON lines. */
export const miraclFolder = (): FolderFiles =>
  eachLanguage((lang) => ({
    ...Object.fromEntries(
      ["train", "dev"].flatMap((part) => {
        const asked = part === "train" ? queries.slice(0, 28) : queries.slice(28);
        const place = `miracl-v1.0-${lang}-${part}.tsv`;
        return [
          [`topics.${place}`, lines(asked.map(({ id, text }) => [id, text]))],
          [`qrels.${place}`, lines(judged(part).map(([q, d]) => [q, "Q0", d, 1]))],
        ];
      }),
    ),
    [`miracl-corpus-v1.0-${lang}/docs-0.jsonl.gz`]: gzipSync(
      jsonl(documents.map(({ id, ...rest }) => ({ docid: id, ...rest }))),
    ),
  }));
