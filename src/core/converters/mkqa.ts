// MKQA (Longpre et al. 2021) as re-cut for the MIA 2022 shared task: one JSON lines file per language. Two sets: the questions as
// parallel text, and the questions with their short answers. Concept = question. Splits by hash: it has no train part.
import * as v from "valibot";
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readJsonLines } from "../formats/readJson.ts";
import { findTogether, hasFile, type FoundFile } from "./findFiles.ts";
import { languageTag } from "../languages/languageTag.ts";
import { bitext, createSharedPassages, splitByHash } from "./parallelTexts.ts";

const FILES = /mkqa-([a-z]{2}(?:_[a-z]{2})?)\.jsonl/;
const rowSchema = v.object({
  id: v.pipe(v.string(), v.nonEmpty("must not be empty")),
  lang: v.string(),
  question: v.string(),
  answers: v.array(v.string()),
});

const accepts = (names: readonly string[]) => hasFile(names, FILES);

export const mkqa: Converter = {
  datasetId: "mkqa",
  fileNames: ["mkqa_dev.zip", "mkqa_test_without_answers.zip"],
  accepts,
  async *convert(files, report) {
    for (const found of findTogether(files, FILES)) {
      for await (const { concept, lang, question, where } of readQuestions(found)) {
        const sentence = { _id: `${lang}:${concept}`, lang, concept, split: splitByHash(concept) };
        if (question === "") report.leaveOut("empty questions", where);
        else yield* bitext({ ...sentence, text: question });
      }
    }
  },
};

export const mkqaAnswers: Converter = {
  datasetId: "mkqa-answers",
  fileNames: ["mkqa_dev.zip"],
  accepts,
  async *convert(files, report) {
    const passages = createSharedPassages();
    for (const found of findTogether(files, FILES)) {
      for await (const { concept, lang, question, answers, where } of readQuestions(found)) {
        const split = splitByHash(concept);
        if (question === "" || answers.length === 0) {
          report.leaveOut("questions without an answer", where);
          continue;
        }
        for (const text of answers) passages.add({ text, lang, split, concept });
        yield {
          side: "queries",
          record: { _id: `${lang}:${concept}`, text: question, lang, concept, split },
        };
      }
    }
    yield* passages.records();
  },
};

async function* readQuestions({ file, parts }: FoundFile) {
  const code = parts[0]!;
  const lang = languageTag(code)!; // the pattern lets only codes through
  for await (const { value, where } of readJsonLines(file, rowSchema)) {
    const ending = `_${value.lang}`;
    if (value.lang !== code || !value.id.endsWith(ending)) {
      throw new DataError(`${where}: lang and the end of id must be "${code}", as in the file's name`);
    }
    const concept = value.id.slice(0, -ending.length);
    const answers = value.answers.map((answer) => answer.trim()).filter((answer) => answer !== "");
    yield { concept, lang, question: value.question.trim(), answers, where };
  }
}
