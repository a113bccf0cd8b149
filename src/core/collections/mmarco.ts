// mMARCO (Bonifacio et al. 2021): MS MARCO passages and queries, translated by machine; one set of judgements for all languages.
// Concept = query, the same in all languages.
import type { Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { findTogether, hasFile } from "../converters/findFiles.ts";
import { readTsv } from "../formats/readTable.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { readJudgements } from "./judgementFile.ts";
import { retrievalRecords, type GivenText, type Judgement } from "./retrievalRecords.ts";

const LANGUAGES: Readonly<Record<string, string>> = {
  arabic: "ar",
  chinese: "zh",
  dutch: "nl",
  english: "en",
  french: "fr",
  german: "de",
  hindi: "hi",
  indonesian: "id",
  italian: "it",
  japanese: "ja",
  portuguese: "pt",
  russian: "ru",
  spanish: "es",
  vietnamese: "vi",
};
const COLLECTION = /([a-z]+)_collection\.tsv/;
const QUERIES = /([a-z]+)_queries\.(train|dev)(?:\.small)?\.tsv/;
const JUDGEMENTS = /qrels\.(train|dev)(?:\.small)?\.tsv/;
const TRIPLES = /triples\.train\.ids(?:\.small)?\.tsv/;

export const mmarco: Converter = {
  datasetId: "mmarco",
  fileNames: [
    "*_collection.tsv",
    "*_queries.train.tsv",
    "*_queries.dev.small.tsv",
    "qrels.train.tsv",
    "qrels.dev.small.tsv",
  ],
  accepts: (names) =>
    hasFile(names, COLLECTION) &&
    hasFile(names, QUERIES) &&
    (hasFile(names, JUDGEMENTS) || hasFile(names, TRIPLES)),
  async *convert(files, report) {
    for (const { file, parts } of findTogether(files, COLLECTION)) {
      const lang = LANGUAGES[parts[0]!];
      if (lang === undefined)
        throw new DataError(`${file.name}: "${parts[0]}" is not one of mMARCO's languages`);
      const queries = findTogether(files, QUERIES).filter((found) => found.parts[0] === parts[0]);
      if (queries.length === 0)
        throw new DataError(`${file.name}: ${parts[0]}_queries.dev.small.tsv is missing`);
      const given = new Set(queries.map((found) => splitOf(found.parts[1]!)));
      const judgements: { split: Split; rows: AsyncIterable<Judgement> }[] = [];
      for (const found of findTogether(files, JUDGEMENTS)) {
        const split = splitOf(found.parts[0]!);
        if (given.has(split)) judgements.push({ split, rows: readJudgements(found.file) });
      }
      if (given.has("train") && !judgements.some(({ split }) => split === "train")) {
        const triples = findTogether(files, TRIPLES).map((found) => ({
          split: "train" as const,
          rows: positives(found.file),
        }));
        judgements.push(...triples);
      }
      yield* retrievalRecords(
        {
          lang,
          documents: rows([file]),
          queries: rows(queries.map((found) => found.file)),
          judgements,
          conceptOf: (id) => id,
        },
        report,
      );
    }
  },
};

/** MS MARCO's dev part is what papers report on. */
const splitOf = (part: string): Split => (part === "train" ? "train" : "test");

async function* rows(files: readonly SourceFile[]): AsyncGenerator<GivenText> {
  for (const file of files) {
    for await (const { cells, where } of readTsv(file)) {
      if (cells.length !== 2)
        throw new DataError(`${where}: has ${cells.length} fields, expected "id<TAB>text"`);
      yield { id: cells[0]!, text: cells[1]!, where };
    }
  }
}

/** The positives of training triples: "qid<TAB>positive<TAB>negative"; a query and its positive recur. */
async function* positives(file: SourceFile): AsyncGenerator<Judgement> {
  for await (const { cells, where } of readTsv(file)) {
    if (cells.length !== 3) {
      throw new DataError(`${where}: has ${cells.length} fields, expected "qid<TAB>positive<TAB>negative"`);
    }
    yield { query: cells[0]!, document: cells[1]!, grade: 1, where };
  }
}
