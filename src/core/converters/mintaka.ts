// Mintaka (Sen et al. 2022): questions in English and their translations into eight languages, as parallel text. Concept = question.
// Its answers are names of Wikidata entities in English and are not used.
import * as v from "valibot";
import type { Converter } from "./converter.ts";
import { readJson } from "../formats/readJson.ts";
import { languageTag } from "../languages/languageTag.ts";
import { findFiles, hasFile } from "./findFiles.ts";
import { bitext, splitByHash } from "./parallelTexts.ts";
import { DataError } from "../inputError.ts";

const FILES = /mintaka_(train|dev|test)\.json/;
const schema = v.array(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty("must not be empty")),
    question: v.string(),
    translations: v.record(v.string(), v.string()),
  }),
);

export const mintaka: Converter = {
  datasetId: "mintaka",
  fileNames: ["mintaka_dev.json"],
  accepts: (names) => hasFile(names, FILES),
  async *convert(files, report) {
    const found = findFiles(files, FILES);
    const hasTrain = found.some(({ parts }) => parts[0] === "train"); // then the publisher's splits hold
    for (const { file, parts } of found) {
      for (const { id: concept, question, translations } of await readJson(file, schema)) {
        const split = !hasTrain ? splitByHash(concept) : parts[0] === "train" ? "train" : "test";
        for (const [code, text] of [["en", question], ...Object.entries(translations)] as const) {
          const lang = languageTag(code);
          if (lang === null)
            throw new DataError(`${file.name}: question ${concept}: "${code}" is no language`);
          if (text.trim() === "")
            report.leaveOut("empty translations", `${file.name}, question ${concept}, ${code}`);
          else yield* bitext({ _id: `${lang}:${concept}`, text: text.trim(), lang, concept, split });
        }
      }
    }
  },
};
