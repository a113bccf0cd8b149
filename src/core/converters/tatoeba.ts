// Tatoeba's test set of LASER (Artetxe and Schwenk 2019): sentences of 112 languages, each with its English translation.
// Concept = English sentence, so that languages which translate the same one are parallel to each other too.
import type { Converter } from "../data/converter.ts";
import { DataError } from "../data/dataError.ts";
import { readLines } from "../formats/readText.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { findFiles, hasFile } from "./findFiles.ts";
import { bitext, splitByHash, tagVarieties } from "./parallelTexts.ts";

const FOREIGN = /tatoeba\.([a-z]{3})-eng\.(?!eng)[a-z]{3}/;
const ENGLISH = /tatoeba\.([a-z]{3})-eng\.eng/;

export const tatoeba: Converter = {
  datasetId: "tatoeba",
  fileNames: ["tatoeba.*-eng.*", "tatoeba.*-eng.eng"],
  accepts: (names) => hasFile(names, FOREIGN) && hasFile(names, ENGLISH),
  async *convert(files, report) {
    const english = new Map(findFiles(files, ENGLISH).map(({ file, parts }) => [parts[0]!, file]));
    const found = findFiles(files, FOREIGN);
    const tags = tagVarieties(
      found.map(({ parts }) => parts[0]!),
      report,
    );
    const concepts = new Map<string, string>(); // English sentence -> concept, numbered in the order of the files
    for (const { file, parts } of found) {
      const lang = tags.get(parts[0]!)!; // three-letter codes have no region, so none is left out
      const pair = english.get(parts[0]!);
      if (!pair) throw new DataError(`${file.name}: tatoeba.${parts[0]}-eng.eng is missing`);
      for await (const { foreign, sentence, number, where } of readPairs(file, pair)) {
        if (foreign.trim() === "" || sentence.trim() === "") {
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
        yield* bitext({ _id: `${lang}:${number}`, text: foreign, lang, concept, split });
      }
    }
  },
};

async function* readPairs(foreign: SourceFile, english: SourceFile) {
  const sentences = readLines(english);
  for await (const { text, number, where } of readLines(foreign)) {
    const next = await sentences.next();
    if (next.done === true)
      throw new DataError(`${foreign.name}: has more lines than ${english.name}; they must be aligned`);
    yield { foreign: text, sentence: next.value.text, number, where };
  }
  if (!(await sentences.next()).done) {
    throw new DataError(`${english.name}: has more lines than ${foreign.name}; they must be aligned`);
  }
}
