// MIRACL (Zhang et al. 2023) and Mr. TyDi (Zhang et al. 2021): topics, TREC judgements and Wikipedia passages per language.
// Concept = topic of one language: the topics of two languages are not translations of each other.
import * as v from "valibot";
import type { Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { Split } from "../data/records.ts";
import { readJsonLines } from "../formats/readJson.ts";
import { readTsv } from "../formats/readTable.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { languageTag } from "../languages/languageTag.ts";
import { readJudgements } from "./judgementFile.ts";
import { retrievalRecords, splitNamed, titled, type GivenText } from "./retrievalRecords.ts";

/** How a set's paths tell language and split. Groups: the language; for topics and judgements also the part. */
interface Layout {
  readonly topics: RegExp;
  readonly judgements: RegExp;
  readonly passages: RegExp;
  tag(code: string): string | null;
}

const MIRACL: Layout = {
  topics: /(?:^|\/)topics\.miracl-v1\.0-([a-z]{2})-([\w-]+)\.tsv$/,
  judgements: /(?:^|\/)qrels\.miracl-v1\.0-([a-z]{2})-([\w-]+)\.tsv$/,
  passages: /(?:^|\/)miracl-corpus-v1\.0-([a-z]{2})\/[\w-]+\.jsonl$/,
  tag: languageTag,
};

/**
 * Mr. TyDi names languages in English. Its archive has topic.dev.tsv, qrels.dev.txt and collection/docs.jsonl; the hub has
 * ir-format-data/topics.dev.txt and qrels.dev.txt, and corpus.jsonl.
 */
const NAMES: Readonly<Record<string, string>> = {
  arabic: "ar",
  bengali: "bn",
  english: "en",
  finnish: "fi",
  indonesian: "id",
  japanese: "ja",
  korean: "ko",
  russian: "ru",
  swahili: "sw",
  telugu: "te",
  thai: "th",
};
const IN_FOLDER = "(?:^|/)mrtydi-v1\\.[01]-([a-z]+)(?:\\.tar\\.gz)?/(?:[^/]+/)*";
const MR_TYDI: Layout = {
  topics: new RegExp(`${IN_FOLDER}topics?\\.(train|dev|test)\\.(?:tsv|txt)$`),
  judgements: new RegExp(`${IN_FOLDER}qrels\\.(train|dev|test)\\.txt$`),
  passages: new RegExp(`${IN_FOLDER}(?:corpus|docs)\\.jsonl$`),
  tag: (name) => (Object.hasOwn(NAMES, name) ? NAMES[name]! : null),
};

export const miracl = createConverter("miracl", MIRACL, [
  "topics.miracl-v1.0-*-dev.tsv",
  "qrels.miracl-v1.0-*-dev.tsv",
  "miracl-corpus-v1.0-*/docs-*.jsonl.gz",
]);

export const mrTydi = createConverter("mr-tydi", MR_TYDI, [
  "mrtydi-v1.1-*/ir-format-data/topics.*.txt",
  "mrtydi-v1.1-*/ir-format-data/qrels.*.txt",
  "mrtydi-v1.1-*/corpus.jsonl.gz",
]);

/** A passage: MIRACL's fields, also Mr. TyDi's on the hub, or its archives': title, an empty line and text as contents. */
const passageSchema = v.union([
  v.object({ docid: v.string(), title: v.optional(v.string(), ""), text: v.string() }),
  v.object({ id: v.string(), contents: v.string() }),
]);

function createConverter(datasetId: string, layout: Layout, fileNames: readonly string[]): Converter {
  return {
    datasetId,
    fileNames,
    accepts: (names) => wholeLanguages(names, layout).length > 0,
    async *convert(files, report) {
      const names = files.map(({ name }) => name);
      const whole = wholeLanguages(names, layout);
      const some = new Set(names.flatMap((name) => layout.topics.exec(name)?.[1] ?? []));
      for (const code of [...some].sort()) {
        if (!whole.includes(code)) report.leaveOut("languages without passages or judgements", code);
      }
      if (whole.length === 0) throw new DataError(`${datasetId}: no language has ${fileNames.join(", ")}`);
      const byName = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const code of whole) {
        const lang = layout.tag(code);
        if (lang === null) throw new DataError(`${datasetId}: "${code}" is not one of its languages`);
        const parts = (pattern: RegExp) =>
          byName.flatMap((file) => {
            const match = pattern.exec(file.name);
            return match?.[1] === code ? [{ file, split: splitOf(match[2]) }] : [];
          });
        const topics = parts(layout.topics);
        const judgements = parts(layout.judgements).map(({ file, split }) => ({
          split,
          rows: readJudgements(file),
        }));
        const documents = readPassages(parts(layout.passages).map(({ file }) => file));
        yield* retrievalRecords(
          {
            lang,
            documents,
            queries: readTopics(topics.map(({ file }) => file)),
            judgements,
            conceptOf: (id) => `${lang}:${id}`,
          },
          report,
        );
      }
    },
  };
}

/** The publisher's dev part is what its papers report on, as the test judgements are not public: it is test. */
function splitOf(part = ""): Split {
  return splitNamed(part) === "train" ? "train" : "test";
}

/** Codes that have topics, judgements and passages, sorted. */
function wholeLanguages(
  names: readonly string[],
  { topics, judgements, passages }: Layout,
): readonly string[] {
  const codes = (pattern: RegExp) => new Set(names.flatMap((name) => pattern.exec(name)?.[1] ?? []));
  const [withTopics, withJudgements, withPassages] = [codes(topics), codes(judgements), codes(passages)];
  return [...withTopics].filter((code) => withJudgements.has(code) && withPassages.has(code)).sort();
}

async function* readTopics(files: readonly SourceFile[]): AsyncGenerator<GivenText> {
  for (const file of files) {
    for await (const { cells, where } of readTsv(file)) {
      if (cells.length !== 2)
        throw new DataError(`${where}: has ${cells.length} fields, expected "qid<TAB>query"`);
      yield { id: cells[0]!.trim(), text: cells[1]!, where };
    }
  }
}

async function* readPassages(files: readonly SourceFile[]): AsyncGenerator<GivenText> {
  for (const file of files) {
    for await (const { value, where } of readJsonLines(file, passageSchema)) {
      if ("docid" in value) yield { id: value.docid, text: titled(value.title, value.text), where };
      else yield { id: value.id, text: value.contents.replace(/\n{2,}/, "\n"), where };
    }
  }
}
