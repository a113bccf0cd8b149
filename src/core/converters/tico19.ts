// TICO-19 (Anastasopoulos et al. 2020): English texts on COVID-19 and their translations, a TMX file per language.
// Concept = translation unit. Splits by document, the part of the unit's id before ":".
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readTmx } from "../formats/readTmx.ts";
import { findFiles, hasFile } from "./findFiles.ts";
import { bitext, splitByHash, tagVarieties } from "./parallelTexts.ts";

const FILES = /all\.en-([\w-]+)(\.old)?\.tmx/;

export const tico19: Converter = {
  datasetId: "tico-19",
  fileNames: ["all.en-*.tmx.zip"],
  accepts: (names) => hasFile(names, FILES),
  async *convert(files, report) {
    const found = findFiles(files, FILES).filter(({ file, parts }) => {
      if (parts[1] !== "") report.leaveOut("files that a newer one replaces", file.name);
      return parts[1] === "";
    });
    const tags = tagVarieties(
      found.map(({ parts }) => parts[0]!),
      report,
    );
    const english = new Map<string, string>(); // concept -> text, from the first file that has it
    for (const { file, parts } of found) {
      const lang = tags.get(parts[0]!);
      if (lang === undefined) continue;
      for (const { id: concept, texts, where } of await readTmx(file)) {
        if (concept === undefined) throw new DataError(`${where}: <tu> has no tuid`);
        const split = splitByHash(concept.split(":")[0]!);
        for (const [code, text] of texts) {
          const isEnglish = code === "en";
          const first = isEnglish ? english.get(concept) : undefined;
          if (text === "") report.leaveOut("empty segments", where);
          else if (first !== undefined) {
            if (first !== text) report.leaveOut("English segments that differ from the first file's", where);
          } else {
            if (isEnglish) english.set(concept, text);
            const tag = isEnglish ? "en" : lang;
            yield* bitext({ _id: `${tag}:${concept}`, text, lang: tag, concept, split });
          }
        }
      }
    }
  },
};
