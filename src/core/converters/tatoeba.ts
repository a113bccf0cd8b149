// Tatoeba's test set of LASER (Artetxe and Schwenk 2019): sentences of 112 languages, each with its English translation.
// Concept = English sentence, so that languages which translate the same one are parallel to each other too. English is read
// whole, also where a translation is not given: it numbers the concepts.
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readLines } from "../formats/readText.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { findFiles, hasFile } from "./findFiles.ts";
import { bitext, splitByHash, tagVarieties } from "./parallelTexts.ts";

const FOREIGN = /tatoeba\.([a-z]{3})-eng\.(?!eng)[a-z]{3}/;
const ENGLISH = /tatoeba\.([a-z]{3})-eng\.eng/;

export const tatoeba: Converter = {
  datasetId: "tatoeba",
  fileNames: ["tatoeba.*-eng.*", "tatoeba.*-eng.eng"],
  accepts: (names, languages) =>
    hasFile(names, ENGLISH) && (languages !== undefined || hasFile(names, FOREIGN)),
  async *convert(files, report) {
    const english = findFiles(files, ENGLISH);
    const translations = new Map(findFiles(files, FOREIGN).map(({ file, parts }) => [parts[0]!, file]));
    for (const [code, { name }] of translations) {
      if (!english.some(({ parts }) => parts[0] === code))
        throw new DataError(`${name}: tatoeba.${code}-eng.eng is missing`);
    }
    const tags = tagVarieties([...translations.keys()], report);
    const concepts = new Map<string, string>(); // English sentence -> concept, numbered in the order of the files
    for (const { file, parts } of english) {
      const lang = tags.get(parts[0]!); // three-letter codes have no region, so none that is given is left out
      for await (const { foreign, sentence, number, where } of readPairs(translations.get(parts[0]!), file)) {
        if (foreign?.trim() === "" || sentence.trim() === "") {
          report.leaveOut("pairs with an empty sentence", where);
          continue;
        }
        const split = splitByHash(sentence);
        let concept = concepts.get(sentence);
        if (concept === undefined) {
          concept = String(concepts.size);
          concepts.set(sentence, concept);
          yield* bitext({ _id: `en:${concept}`, text: sentence, lang: "en", concept, split });
        }
        if (foreign !== undefined && lang !== undefined)
          yield* bitext({ _id: `${lang}:${number}`, text: foreign, lang, concept, split });
      }
    }
  },
};

/** Line by line; `foreign` is undefined where no such file is given. */
async function* readPairs(foreign: SourceFile | undefined, english: SourceFile) {
  const lines = foreign && readLines(foreign);
  for await (const { text: sentence, number, where } of readLines(english)) {
    const next = await lines?.next();
    if (next?.done === true)
      throw new DataError(`${english.name}: has more lines than ${foreign!.name}; they must be aligned`);
    yield { foreign: next?.value.text, sentence, number, where: next?.value.where ?? where };
  }
  if (foreign && !(await lines!.next()).done) {
    throw new DataError(`${foreign.name}: has more lines than ${english.name}; they must be aligned`);
  }
}
