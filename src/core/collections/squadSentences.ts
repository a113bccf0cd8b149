// SQuAD-shaped files with sentence_breaks, one per language, whose questions need not be in all of them: MLQA-R (Roy et al. 2020)
// and sets of one's own. Concept = question; every sentence is a candidate. All of it is test.
import type { Converter, ConversionReport } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { languageTag } from "../languages/languageTag.ts";
import { findFiles, hasFile } from "../converters/findFiles.ts";
import { paragraphRecords, parseSquad } from "./squadParagraph.ts";

const FILES = /([a-z]{2,3}(?:[-_]\w{2,4})*)\.json/;
const MLQA_LANGUAGES = ["ar", "de", "en", "es", "hi", "vi", "zh"];

export const mlqaR: Converter = {
  ...createSquadConverter("mlqa-r"),
  fileNames: MLQA_LANGUAGES.map((lang) => `${lang}.json`),
  accepts: (names) =>
    MLQA_LANGUAGES.every((lang) => hasFile(names, new RegExp(`${lang}\\.json`))) &&
    !hasFile(names, /(el|ru|th|tr)\.json/), // those are XQuAD-R's
};

export function createSquadConverter(datasetId: string): Converter {
  return {
    datasetId,
    fileNames: ["*.json (such as sw.json)"],
    accepts: (names) => hasFile(names, FILES),
    async *convert(files, report) {
      const languages: string[] = [];
      const askedIn = new Map<string, string[]>(); // question -> languages
      const answeredIn = new Map<string, Set<string>>(); // question -> languages
      for (const { file, parts } of findFiles(files, FILES)) {
        const lang = tagOf(file, parts[0]!);
        languages.push(lang);
        const ids = new Set<string>();
        for await (const sided of fileRecords(file, lang, report)) {
          if (sided.side === "queries") {
            const { concept } = sided.record;
            if (ids.size === ids.add(concept).size)
              throw new DataError(`${file.name}: question ${concept} occurs twice`);
            askedIn.set(concept, [...(askedIn.get(concept) ?? []), lang]);
          } else {
            for (const concept of sided.record.concepts) {
              answeredIn.set(concept, (answeredIn.get(concept) ?? new Set()).add(lang));
            }
          }
          yield sided;
        }
      }
      for (const [concept, asked] of askedIn) {
        for (const lang of asked) {
          for (const pool of languages) {
            if (answeredIn.get(concept)?.has(pool)) continue;
            const what = "pairs of a question and a pool without a relevant sentence";
            report.leaveOut(what, `${lang}:${concept} in ${pool}`, `${lang} > ${pool}`);
          }
        }
      }
    },
  };
}

function tagOf(file: SourceFile, code: string): string {
  const lang = languageTag(code);
  if (lang === null) throw new DataError(`${file.name}: "${code}" is no language code such as "sw"`);
  return lang;
}

async function* fileRecords(file: SourceFile, lang: string, report: ConversionReport) {
  const { data } = await parseSquad(file);
  for (const [a, { paragraphs }] of data.entries()) {
    for (const [p, paragraph] of paragraphs.entries()) {
      const where = `${file.name}, article ${a}, paragraph ${p}`;
      const at = { lang, split: "test" as const, id: `a${a}p${p}`, where };
      yield* paragraphRecords(
        paragraph,
        at,
        (sentence) => sentence,
        (problem) => {
          report.leaveOut("questions whose answer lies in no sentence", problem);
        },
      );
    }
  }
}
