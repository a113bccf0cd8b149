// XQuAD-R (LAReQA, Roy et al. 2020) from its SQuAD-shaped files. Concept = question; every sentence of every paragraph
// is a candidate, equal ones included, and answers the questions whose answer starts in it.
import type { Converter } from "../converters/converter.ts";
import type { Split } from "../data/records.ts";
import { baseName } from "../formats/sourceFile.ts";
import { paragraphRecords, parseSquad } from "./squadParagraph.ts";

const LANGUAGES = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];

/** Every fourth article, from the fourth on, is test: 12 of the 48, the same ones in all languages. */
export function splitOfArticle(article: number): Split {
  return article % 4 === 3 ? "test" : "train";
}

/** Candidates are single sentences. */
export const xquadR = createXquadRConverter("xquad-r", (sentence) => sentence);

/** Candidates are a sentence, a line break, and the whole paragraph it stands in (METHOD: sentence with context). */
export const xquadRContext = createXquadRConverter(
  "xquad-r-context",
  (sentence, context) => `${sentence}\n${context}`,
);

function createXquadRConverter(
  datasetId: string,
  candidate: (sentence: string, context: string) => string,
): Converter {
  const fileNames = LANGUAGES.map((lang) => `${lang}.json`);
  return {
    datasetId,
    fileNames,
    accepts: (names, languages = LANGUAGES) =>
      languages.every((lang) => names.some((path) => baseName(path) === `${lang}.json`)),
    async *convert(files) {
      let reference: { name: string; questions: readonly string[] } | undefined;
      for (const lang of LANGUAGES) {
        const file = files.find(({ name }) => baseName(name) === `${lang}.json`);
        if (!file) continue;
        const { data } = await parseSquad(file);
        const questions: string[] = [];
        for (const [a, { paragraphs }] of data.entries()) {
          for (const [p, paragraph] of paragraphs.entries()) {
            const at = {
              lang,
              split: splitOfArticle(a),
              id: `a${a}p${p}`,
              where: `${file.name}, article ${a}, paragraph ${p}`,
            };
            for (const { id } of paragraph.qas) questions.push(`${a} ${id}`);
            yield* paragraphRecords(paragraph, at, candidate);
          }
        }
        reference ??= { name: file.name, questions };
        checkParallel(file.name, questions, reference);
      }
      if (!reference)
        throw new Error(`${datasetId}: ${fileNames[0]} is missing; it needs ${fileNames.join(", ")}`);
    },
  };
}

function checkParallel(
  name: string,
  questions: readonly string[],
  reference: { name: string; questions: readonly string[] },
): void {
  const i = questions.findIndex((id, j) => id !== reference.questions[j]);
  if (i < 0 && questions.length === reference.questions.length) return;
  const got = questions[i]?.split(" ")[1] ?? `the end after ${questions.length}`;
  const expected = reference.questions[i < 0 ? questions.length : i]?.split(" ")[1] ?? "the end";
  throw new Error(
    `${name}: questions must be those of ${reference.name} in the same order; found ${got}, expected ${expected}`,
  );
}
