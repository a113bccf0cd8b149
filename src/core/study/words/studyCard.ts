// The result card of a study: its sentences in order, the answer and what would settle it first; the same on the page, on the
// command line and in files. Draws nothing; the table beside it is studyTables.ts.
import type { StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { controlOf, type Study } from "../study.ts";
import { labelOf } from "./cellWords.ts";
import { familyWords, leadFamily, shortFamily } from "./familyWords.ts";
import { besideWords, newQuestionsWords, shortWords } from "./findingWords.ts";
import { groupWords } from "./groupWords.ts";
import { headline } from "./headline.ts";
import { unheldWords } from "./ownWords.ts";
import {
  budgetWords,
  changeVerdictWords,
  designWords,
  deviceWords,
  intervalWords,
  missingWords,
  partWords,
  SCOPE,
  seedWords,
} from "./standingWords.ts";
import { curveWords, surfaceWords } from "./surfaceWords.ts";
import { synergyWords } from "./synergyWords.ts";

export interface CardPart {
  readonly head: string;
  readonly sentences: readonly string[]; // at least one
}

export interface StudyCard {
  readonly title: string;
  readonly question: string;
  readonly headline: string;
  readonly parts: readonly CardPart[]; // to be read aloud
  readonly details: readonly CardPart[]; // to be looked up
}

export function studyCard(study: Study, analysis: StudyAnalysis): StudyCard {
  const [primary, ...measures] = analysis.metrics;
  const lead = leadFamily(primary!);
  const others = primary!.families.filter((family) => family !== lead);
  return {
    title: study.title,
    question: study.question,
    headline: headline(study, analysis),
    parts: filled({
      Found: [
        familyWords(study, study.primary, lead),
        newQuestionsWords(study, primary!),
        ...others.map((family) => shortFamily(study, study.primary, family)),
        unheldWords(study, analysis),
      ],
      "What would change this": changeVerdictWords(study, analysis, primary!),
      "Low and high resource": groupWords(study, analysis, primary!),
      "Do kinds reinforce each other": synergyWords(study, primary!),
      Blends: surfaceWords(primary!),
      Curve: curveWords(primary!),
      Design: [designWords(study, analysis), partWords(analysis)],
      "Without training": withoutTraining(analysis),
      "What it stands on": [
        seedWords(analysis),
        SCOPE,
        ...intervalWords(study, analysis),
        ...deviceWords(analysis),
        ...missingWords(analysis),
      ],
    }),
    details: filled({
      "Other comparisons": others.map((family) => familyWords(study, study.primary, family)),
      [`Other measures, against ${labelOf(study, controlOf(study))}`]: measures.map((one) =>
        shortWords(study, one),
      ),
      "Held equal": budgetWords(study, analysis),
      Note: [study.note],
    }),
  };
}

/** Those that have a sentence. */
const filled = (parts: Readonly<Record<string, readonly (string | undefined)[]>>): CardPart[] =>
  Object.entries(parts)
    .map(([head, sentences]) => ({
      head,
      sentences: sentences.filter((one): one is string => one !== undefined && one !== ""),
    }))
    .filter(({ sentences }) => sentences.length > 0);

const OWN = "map/mono";
const BIAS = "sameLanguageShare";

/** The start and the baselines, in the primary measure, in what BM25 has, and in bias; a claim about bias needs the language means. */
function withoutTraining({ metrics }: StudyAnalysis): (string | undefined)[] {
  const [primary] = metrics;
  const told = metrics
    .filter(
      (one) =>
        one === primary ||
        one.metric === BIAS ||
        (one.metric === OWN && one.beside.some(({ kind }) => kind === "bm25")),
    )
    .map((one) => besideWords(one));
  const isKnown = primary!.beside.some(({ kind }) => kind === "languageMeans");
  return told[0] === undefined || isKnown
    ? told
    : [
        ...told,
        "Language means subtracted were not measured: a mix that lowers bias is not yet held against them.",
      ];
}

/** As plain text: what `lab report STUDYDIR` prints, and a screen reader reads. */
export const cardText = ({ title, question, headline: found, parts, details }: StudyCard): string =>
  [
    title,
    question,
    found,
    ...[...parts, ...details].map(({ head, sentences }) => `${head}. ${sentences.join(" ")}`),
  ].join("\n\n");
