// Cosines of questions and passages of the evaluation by what they share, by the weights before training and the present
// ones: does the meaning bring them together, or the language? Chooses, encodes and counts; draws nothing.
import { InputError } from "../../core/inputError.ts";
import type { CosineChoice, CosineView } from "../../core/run/views.ts";
import { countCosine, noCosines, type CosineCounts } from "../../core/stats/cosineCounts.ts";
import { pickRows } from "../evaluate/evalTask.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createEncoder, type Encodes } from "../model/createEncoder.ts";
import { createScorer } from "../model/scorer.ts";
import type { RunResources } from "../run/runExperiment.ts";
import { bestCovered } from "./bestCovered.ts";

/** Questions to measure, and as many passages: what an evaluation of a small set costs. */
const QUESTIONS = 1000;
const LEAST_CONCEPTS = 24;
const MOST_CONCEPTS = 150;

/** Texts of the evaluation that are compared, each question with each passage. Numbers are indices into set and pool. */
interface ComparedTexts {
  readonly concepts: number;
  readonly questions: Int32Array;
  readonly passages: Int32Array;
}

/** (questions, passages) cosines, row by row. */
interface Measured {
  readonly texts: ComparedTexts;
  readonly before: Promise<Float32Array>;
  now?: { readonly step: number | undefined; readonly cosines: Promise<Float32Array> };
}

/** As long as a run is held: another choice of languages encodes nothing anew. */
const measured = new WeakMap<RunResources["prepared"], Measured>();

/** @throws InputError if no question of the evaluation has an answer in another language */
export async function cosineGroups(
  resources: RunResources,
  choice: CosineChoice,
): Promise<Omit<CosineView, "runId" | "step" | "choice">> {
  const { prepared, model, lastStep } = resources;
  const { set } = prepared.full;
  const own = measured.get(prepared) ?? begin(resources);
  measured.set(prepared, own);
  const step = lastStep()?.batch.step;
  if (!own.now || own.now.step !== step) own.now = { step, cosines: compare(resources, own.texts, model) };
  const both = Promise.all([own.before, own.now.cosines]);
  const [before, now] = await both.catch((error: unknown) => {
    measured.delete(prepared); // asked again, it is tried again
    throw error;
  });
  const { questions, passages, concepts } = own.texts;
  const groups = {
    meaning: { before: noCosines(), now: noCosines() },
    language: { before: noCosines(), now: noCosines() },
    neither: { before: noCosines(), now: noCosines() },
  };
  const [askedIn, answeredIn] = [choice.query, choice.passage].map((lang) =>
    lang === undefined ? undefined : set.languages.indexOf(lang),
  );
  const seen = { questions: new Set<number>(), passages: new Set<number>() };
  const count = (to: { before: CosineCounts; now: CosineCounts }, at: number) => {
    countCosine(to.before, before[at]!);
    countCosine(to.now, now[at]!);
  };
  questions.forEach((question, q) => {
    const lang = set.queryLangs[question]!;
    if (askedIn !== undefined && lang !== askedIn) return;
    seen.questions.add(question);
    const relevant = new Set(
      set.relevant.subarray(set.relevantOffsets[question], set.relevantOffsets[question + 1]),
    );
    passages.forEach((passage, p) => {
      const [isSame, isRight] = [set.passageLangs[passage] === lang, relevant.has(passage)];
      if (isSame && isRight) return;
      if (!isSame && answeredIn !== undefined && set.passageLangs[passage] !== answeredIn) return;
      seen.passages.add(passage);
      count(groups[isRight ? "meaning" : isSame ? "language" : "neither"], q * passages.length + p);
    });
  });
  return {
    languages: set.languages.filter((_, lang) =>
      questions.some((question) => set.queryLangs[question] === lang),
    ),
    concepts,
    questions: seen.questions.size,
    passages: seen.passages.size,
    groups,
  };
}

function begin(resources: RunResources): Measured {
  const texts = chooseTexts(resources.prepared);
  return { texts, before: compareStart(resources, texts) };
}

async function compareStart(resources: RunResources, texts: ComparedTexts): Promise<Float32Array> {
  const start = createEncoder(await resources.prepared.weights());
  return compare(resources, texts, start).finally(() => start.dispose());
}

async function compare(
  { prepared: { full } }: RunResources,
  { questions, passages }: ComparedTexts,
  model: Encodes,
): Promise<Float32Array> {
  const width = vectorWidth(model.config);
  const asked = await model.encode(pickRows(full.queries, questions));
  const scorer = createScorer(await model.encode(await full.passages(passages)), width);
  return scorer.scores(asked).finally(() => scorer.dispose());
}

/**
 * Of the concepts that are asked and answered in most languages so many that they make about QUESTIONS questions, spread
 * evenly; of each the first question in a language, and its first answer in each.
 */
function chooseTexts({ test, full }: RunResources["prepared"]): ComparedTexts {
  const { set, queryRows } = full;
  const { conceptOffsets, concepts: conceptsOf } = test.corpus.queries;
  const asked = new Map<number, Map<number, number>>(); // concept -> language -> question
  queryRows.forEach((row, question) => {
    const concept = conceptsOf[conceptOffsets[row]!]!;
    const languages = asked.get(concept) ?? new Map<number, number>();
    asked.set(concept, languages);
    const lang = set.queryLangs[question]!;
    if (!languages.has(lang)) languages.set(lang, question);
  });
  const answersOf = (question: number) => {
    const answers = new Map<number, number>(); // language -> passage
    for (let at = set.relevantOffsets[question]!; at < set.relevantOffsets[question + 1]!; at++) {
      const passage = set.relevant[at]!;
      const lang = set.passageLangs[passage]!;
      if (!set.leftOut?.[at] && !answers.has(lang)) answers.set(lang, passage);
    }
    return answers;
  };
  const found = [...asked.values()]
    .map((questions) => ({ questions, answers: answersOf([...questions.values()][0]!) }))
    .filter(({ questions, answers }) =>
      [...questions.keys()].some((lang) => answers.size > (answers.has(lang) ? 1 : 0)),
    );
  if (found.length < 2) {
    throw new InputError("this picture needs two questions with answers in another language than theirs");
  }
  const wanted = Math.floor(QUESTIONS / set.languages.length);
  const most = Math.min(MOST_CONCEPTS, Math.max(LEAST_CONCEPTS, wanted));
  const chosen = bestCovered(found, most, ({ questions, answers }) => questions.size + answers.size);
  const flat = (lists: readonly Map<number, number>[]) =>
    Int32Array.from(new Set(lists.flatMap((list) => [...list.values()])));
  return {
    concepts: chosen.length,
    questions: flat(chosen.map(({ questions }) => questions)),
    passages: flat(chosen.map(({ answers }) => answers)),
  };
}
