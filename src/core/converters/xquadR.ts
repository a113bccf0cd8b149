// XQuAD-R (LAReQA, Roy et al. 2020) from its SQuAD-shaped files. Concept = question; every sentence of every paragraph
// is a candidate, equal ones included, and answers the questions whose answer starts in it.
import * as v from "valibot";
import type { Converter } from "../data/converter.ts";
import type { SidedRecord, Split } from "../data/records.ts";
import { parse } from "../formats/readJson.ts";
import { readText } from "../formats/readText.ts";
import { baseName, type SourceFile } from "../formats/sourceFile.ts";

const LANGUAGES = ["ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh"];

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const paragraphSchema = v.object({
  context: text,
  sentence_breaks: v.pipe(v.array(v.strictTuple([offset, offset])), v.minLength(1)),
  sentences: v.array(text),
  qas: v.array(
    v.object({
      id: text,
      question: text,
      answers: v.pipe(v.array(v.object({ answer_start: offset })), v.length(1)),
    }),
  ),
});
const fileSchema = v.object({
  data: v.pipe(v.array(v.object({ paragraphs: v.array(paragraphSchema) })), v.minLength(1)),
});
type Paragraph = v.InferOutput<typeof paragraphSchema>;

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
    accepts: (names) => fileNames.every((name) => names.some((path) => baseName(path) === name)),
    async *convert(files) {
      let reference: { name: string; questions: readonly string[] } | undefined;
      for (const lang of LANGUAGES) {
        const file = files.find(({ name }) => baseName(name) === `${lang}.json`);
        if (!file) throw new Error(`${datasetId}: ${lang}.json is missing; it needs ${fileNames.join(", ")}`);
        const { data } = await parseFile(file);
        const questions: string[] = [];
        for (const [a, { paragraphs }] of data.entries()) {
          for (const [p, paragraph] of paragraphs.entries()) {
            const at = { lang, split: splitOfArticle(a), id: `a${a}p${p}`, where: place(file.name, a, p) };
            questions.push(...paragraph.qas.map(({ id }) => `${a} ${id}`));
            yield* convertParagraph(paragraph, at, candidate);
          }
        }
        reference ??= { name: file.name, questions };
        checkParallel(file.name, questions, reference);
      }
    },
  };
}

async function parseFile(file: SourceFile): Promise<v.InferOutput<typeof fileSchema>> {
  const result = v.safeParse(fileSchema, parse(await readText(file), file.name));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map(({ key }) => key);
  const [, a, , p, ...field] = keys; // data, a, paragraphs, p, ...
  const where = typeof p === "number" ? place(file.name, a as number, p) : `${file.name}, ${keys.join(".")}`;
  throw new Error(`${where}${field.length > 0 ? `, ${field.join(".")}` : ""}: ${issue.message}`);
}

function* convertParagraph(
  { context, sentence_breaks: breaks, sentences, qas }: Paragraph,
  at: { lang: string; split: Split; id: string; where: string },
  candidate: (sentence: string, context: string) => string,
): Generator<SidedRecord> {
  const { lang, split } = at;
  if (sentences.length !== breaks.length) {
    throw new Error(`${at.where}: ${sentences.length} sentences but ${breaks.length} sentence_breaks`);
  }
  breaks.forEach(([start, end], s) => {
    const previous = breaks[s - 1]?.[1] ?? 0;
    if (start < previous || end <= start || end > context.length) {
      throw new Error(
        `${at.where}: sentence_breaks ${s} is [${start}, ${end}), must follow ${previous} and end by ${context.length}`,
      );
    }
  });
  const concepts: string[][] = sentences.map(() => []);
  for (const { id, question, answers } of qas) {
    const start = answers[0]!.answer_start; // the schema asks for one answer
    const s = breaks.findIndex(([from, to]) => from <= start && start < to);
    if (s < 0) throw new Error(`${at.where}: answer_start ${start} of question ${id} lies in no sentence`);
    concepts[s]!.push(id);
    yield { side: "queries", record: { _id: `${lang}:${id}`, text: question, lang, concept: id, split } };
  }
  // The text is the `sentences` field: two Turkish entries of it repair what their offsets would cut wrongly.
  for (const [s, sentence] of sentences.entries()) {
    const _id = `${lang}:${at.id}s${s}`;
    const record = { _id, text: candidate(sentence, context), lang, concepts: concepts[s]!, split };
    yield { side: "passages", record };
  }
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

function place(name: string, article: number, paragraph: number): string {
  return `${name}, article ${article}, paragraph ${paragraph}`; // both counted from 0
}
