// EXAMS (Hardalov et al. 2020): school exam questions with choices. Query = the question's stem, passage = the right choice. Concept =
// question, or a group of questions that are translations of each other.
import * as v from "valibot";
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readJsonLines } from "../formats/readJson.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { findFile, findFiles, hasFile } from "./findFiles.ts";
import { createSharedPassages } from "./parallelTexts.ts";

const FILES = /(train|dev|test)\.jsonl/;
const PARALLEL = /parallel_questions\.jsonl/;
const LANGUAGES: Readonly<Record<string, string>> = {
  Albanian: "sq",
  Arabic: "ar",
  Bulgarian: "bg",
  Croatian: "hr",
  French: "fr",
  German: "de",
  Hungarian: "hu",
  Italian: "it",
  Lithuanian: "lt",
  "North Macedonian": "mk",
  Polish: "pl",
  Portuguese: "pt",
  Serbian: "sr",
  Spanish: "es",
  Turkish: "tr",
  Vietnamese: "vi",
};

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const questionSchema = v.object({
  id: text,
  question: v.object({
    stem: v.string(),
    choices: v.array(v.object({ text: v.string(), label: v.string() })),
  }),
  answerKey: v.string(),
  info: v.object({ language: v.picklist(Object.keys(LANGUAGES)) }),
});
const parallelSchema = v.record(v.string(), v.array(text));

export const exams: Converter = {
  datasetId: "exams",
  fileNames: ["train.jsonl.tar.gz", "dev.jsonl.tar.gz", "test.jsonl.tar.gz", "parallel_questions.jsonl"],
  accepts: (names) =>
    hasFile(names, PARALLEL) &&
    ["train", "dev", "test"].every((part) => hasFile(names, new RegExp(`${part}\\.jsonl`))),
  async *convert(files, report) {
    const conceptOf = await readGroups(findFile(files, PARALLEL, "parallel_questions.jsonl"));
    const passages = createSharedPassages();
    for (const { file, parts } of findFiles(files, FILES)) {
      const split = parts[0] === "train" ? "train" : "test";
      for await (const { value, where } of readJsonLines(file, questionSchema)) {
        const { id, question, answerKey, info } = value;
        const lang = LANGUAGES[info.language]!; // the schema lets only these through
        const stem = question.stem.trim();
        const answer = question.choices.find(({ label }) => label === answerKey)?.text.trim() ?? "";
        if (stem === "" || answer === "") {
          report.leaveOut("questions without a stem or a right choice", where);
          continue;
        }
        const concept = conceptOf(id);
        passages.add({ text: answer, lang, split, concept });
        yield { side: "queries", record: { _id: `${lang}:${id}`, text: stem, lang, concept, split } };
      }
    }
    yield* passages.records();
  },
};

/** Groups of questions linked with each other, each named by its first id; a question without a group is its own. */
async function readGroups(file: SourceFile): Promise<(id: string) => string> {
  const parent = new Map<string, string>();
  const rootOf = (id: string) => {
    let root = id;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    for (let at = id; at !== root;) {
      const up = parent.get(at)!;
      parent.set(at, root); // or a chain would be walked again and again
      at = up;
    }
    return root;
  };
  for await (const { value, where } of readJsonLines(file, parallelSchema)) {
    for (const [id, others] of Object.entries(value)) {
      for (const other of others) {
        const [a, b] = [rootOf(id), rootOf(other)];
        if (other === id) throw new DataError(`${where}: question ${id} is listed as parallel to itself`);
        if (a !== b) parent.set(a < b ? b : a, a < b ? a : b);
      }
    }
  }
  return rootOf;
}
