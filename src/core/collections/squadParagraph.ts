// The paragraphs of SQuAD-shaped files with sentence_breaks: their schema, and questions and sentences as records.
// Decides neither languages nor splits.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import type { SidedRecord, Split } from "../data/records.ts";
import { parse } from "../formats/readJson.ts";
import { issueText } from "../issueText.ts";
import { readText } from "../formats/readText.ts";
import type { SourceFile } from "../formats/sourceFile.ts";

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

/** @throws DataError naming the file, the article and the paragraph, both counted from 0 */
export async function parseSquad(file: SourceFile): Promise<v.InferOutput<typeof fileSchema>> {
  const result = v.safeParse(fileSchema, parse(await readText(file), file.name));
  if (result.success) return result.output;
  const issue = result.issues[0];
  const keys = (issue.path ?? []).map(({ key }) => key);
  const [, a, , p, ...field] = keys; // data, a, paragraphs, p, ...
  const where = typeof p === "number" ? place(file.name, a as number, p) : `${file.name}, ${keys.join(".")}`;
  throw new DataError(`${where}${field.length > 0 ? `, ${field.join(".")}` : ""}: ${issueText(issue)}`);
}

/**
 * A paragraph's questions, then its sentences. A sentence answers the questions whose answer starts in it.
 * @param candidate the passage's text, of the sentence and its paragraph
 * @param onLost told of a question whose answer starts in no sentence, which is then left out; without it, an error
 * @throws DataError naming the place when sentences, offsets and paragraph do not fit
 */
export function* paragraphRecords(
  { context, sentence_breaks: breaks, sentences, qas }: Paragraph,
  at: { lang: string; split: Split; id: string; where: string },
  candidate: (sentence: string, context: string) => string,
  onLost?: (problem: string) => void,
): Generator<SidedRecord> {
  const { lang, split } = at;
  const cluster = `${lang}:${at.id}`; // other languages' paragraphs join it where questions are parallel
  if (sentences.length !== breaks.length) {
    throw new DataError(`${at.where}: ${sentences.length} sentences but ${breaks.length} sentence_breaks`);
  }
  breaks.forEach(([start, end], s) => {
    const previous = breaks[s - 1]?.[1] ?? 0;
    if (start < previous || end <= start || end > context.length) {
      throw new DataError(
        `${at.where}: sentence_breaks ${s} is [${start}, ${end}), must follow ${previous} and end by ${context.length}`,
      );
    }
  });
  const concepts: string[][] = sentences.map(() => []);
  for (const { id, question, answers } of qas) {
    const start = answers[0]!.answer_start; // the schema asks for one answer
    const s = lastFrom(breaks, start);
    if (s < 0 || start >= breaks[s]![1]) {
      const problem = `${at.where}: answer_start ${start} of question ${id} lies in no sentence`;
      if (!onLost) throw new DataError(problem);
      onLost(problem);
      continue;
    }
    concepts[s]!.push(id);
    const record = { _id: `${lang}:${id}`, text: question, lang, concept: id, cluster, split };
    yield { side: "queries", record };
  }
  // The text is the `sentences` field: two Turkish entries of it repair what their offsets would cut wrongly.
  for (const [s, sentence] of sentences.entries()) {
    const _id = `${lang}:${at.id}s${s}`;
    const record = { _id, text: candidate(sentence, context), lang, concepts: concepts[s]!, split };
    yield { side: "passages", record };
  }
}

/** The last sentence that begins at or before a place, or -1: they are in order. */
function lastFrom(breaks: Paragraph["sentence_breaks"], start: number): number {
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle]![0] <= start) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function place(name: string, article: number, paragraph: number): string {
  return `${name}, article ${article}, paragraph ${paragraph}`; // both counted from 0
}
