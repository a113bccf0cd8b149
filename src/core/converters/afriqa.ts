// AfriQA (Ogundepo et al. 2023): questions in ten African languages, translated into a pivot (English or French), some with
// the gold passage in the pivot. Two sets: questions to passages, and the questions as parallel text. Concept = question.
import * as v from "valibot";
import type { Converter } from "./converter.ts";
import type { Split } from "../data/records.ts";
import { readJsonLines } from "../formats/readJson.ts";
import { languageTag } from "../languages/languageTag.ts";
import { findFiles, hasFile, type FoundFile } from "./findFiles.ts";
import { bitext, createSharedPassages } from "./parallelTexts.ts";

const GOLD = /gold_span_passages\.afriqa\.([a-z]{3})\.(en|fr)\.(train|dev|test)\.json/;
const QUERIES = /queries\.afriqa\.([a-z]{3})\.(en|fr)\.(train|dev|test)\.json/;

const goldSchema = v.object({
  id: v.string(),
  question_lang: v.nullable(v.string()),
  question_translated: v.nullable(v.string()),
  title: v.nullable(v.string()),
  context: v.nullable(v.string()),
});
const querySchema = v.object({
  id: v.union([v.string(), v.number()]),
  question: v.nullable(v.string()),
  translated_question: v.nullable(v.string()),
});

export const afriqa: Converter = {
  datasetId: "afriqa",
  fileNames: ["gold_span_passages.afriqa.*.train.json", "gold_span_passages.afriqa.*.dev.json"],
  accepts: (names) => hasFile(names, GOLD),
  async *convert(files, report) {
    const passages = createSharedPassages();
    for (const found of findFiles(files, GOLD)) {
      const { lang, pivot, split, conceptOf } = factsOf(found);
      for await (const { value, where } of readJsonLines(found.file, goldSchema)) {
        const question = value.question_lang ?? "";
        const translated = value.question_translated ?? "";
        const context = value.context ?? "";
        if (question.trim() === "" || context.trim() === "") {
          report.leaveOut("questions that are empty or have no passage", where);
          continue;
        }
        const concept = conceptOf(value.id);
        const title = value.title?.trim() ?? "";
        const text = title === "" ? context : `${title}\n${context}`;
        passages.add({ text, lang: pivot, split, concept });
        yield {
          side: "queries",
          record: { _id: `${lang}:${concept}`, text: question, lang, concept, split },
        };
        if (translated.trim() === "") continue;
        const record = { _id: `${pivot}:${concept}`, text: translated, lang: pivot, concept, split };
        yield { side: "queries", record };
      }
    }
    yield* passages.records();
  },
};

export const afriqaQuestions: Converter = {
  datasetId: "afriqa-questions",
  fileNames: ["queries.afriqa.*.train.json", "queries.afriqa.*.dev.json"],
  accepts: (names) => hasFile(names, QUERIES),
  async *convert(files, report) {
    for (const found of findFiles(files, QUERIES)) {
      const { lang, pivot, split, conceptOf } = factsOf(found);
      for await (const { value, where } of readJsonLines(found.file, querySchema)) {
        const { question, translated_question: translated } = value;
        if (!question?.trim() || !translated?.trim()) {
          report.leaveOut("pairs with an empty question", where);
          continue;
        }
        const concept = conceptOf(String(value.id));
        yield* bitext({ _id: `${lang}:${concept}`, text: question, lang, concept, split });
        yield* bitext({
          _id: `${pivot}:${concept}`,
          text: translated,
          lang: pivot,
          concept,
          split,
        });
      }
    }
  },
};

/** Ids count within a file, so a concept is named by language, split and id. The publisher's dev and test are test. */
function factsOf({ parts }: FoundFile) {
  const [code, pivot, part] = parts as [string, string, string]; // the patterns' three groups
  const split: Split = part === "train" ? "train" : "test";
  const conceptOf = (id: string) => `${code}.${part}.${id}`;
  return { lang: languageTag(code)!, pivot, split, conceptOf };
}
