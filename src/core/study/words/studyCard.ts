// The result card of a study: its sentences in order, the answer and what would settle it first; the same on the page, on the
// command line and in files. Draws nothing; the table beside it is studyTables.ts.
import type { StudyAnalysis } from "../analysis/studyAnalysis.ts";
import type { Study } from "../study.ts";
import { besideWords, findingWords, newQuestionsWords, shortWords } from "./findingWords.ts";
import { groupWords } from "./groupWords.ts";
import { headline } from "./headline.ts";
import { ownControlWords } from "./ownControlWords.ts";
import { furtherWords, ruleWords } from "./ownWords.ts";
import {
  budgetWords,
  changeVerdictWords,
  designWords,
  deviceWords,
  missingWords,
  partWords,
  SCOPE,
  seedWords,
} from "./standingWords.ts";
import { curveWords, surfaceWords } from "./surfaceWords.ts";

export interface CardPart {
  readonly head: string;
  readonly sentences: readonly string[]; // at least one
}

export interface StudyCard {
  readonly title: string;
  readonly question: string;
  readonly headline: string;
  readonly parts: readonly CardPart[];
}

export function studyCard(study: Study, analysis: StudyAnalysis): StudyCard {
  const [primary, ...others] = analysis.metrics;
  const parts: CardPart[] = [
    {
      head: "Found",
      sentences: [
        findingWords(study, primary!),
        ...ownControlWords(study, primary!),
        newQuestionsWords(study, primary!),
        ...furtherWords(study, analysis),
        ...others.map((one) => shortWords(study, one)),
      ].map((one) => one ?? ""),
    },
    { head: "Against their own means", sentences: ruleWords(study, analysis) },
    { head: "What would change this", sentences: changeVerdictWords(study, analysis, primary!) },
    { head: "Design", sentences: [designWords(study, analysis), partWords(analysis) ?? ""] },
    { head: "Without training", sentences: withoutTraining(analysis) },
    { head: "Blends", sentences: surfaceWords(primary!) },
    { head: "Curve", sentences: curveWords(primary!) },
    { head: "Low and high resource", sentences: groupWords(study, analysis, primary!) },
    { head: "Held equal", sentences: budgetWords(study, analysis) },
    {
      head: "What it stands on",
      sentences: [seedWords(analysis), SCOPE, ...deviceWords(analysis), ...missingWords(analysis)],
    },
    { head: "Note", sentences: [study.note ?? ""] },
  ];
  return {
    title: study.title,
    question: study.question,
    headline: headline(study, analysis),
    parts: parts
      .map(({ head, sentences }) => ({ head, sentences: sentences.filter((one) => one !== "") }))
      .filter(({ sentences }) => sentences.length > 0),
  };
}

/** The start and the baselines, in the primary measure and in bias; a claim about bias needs the language means. */
function withoutTraining({ metrics }: StudyAnalysis): string[] {
  const [primary] = metrics;
  const bias = metrics.find(({ metric }) => metric === "sameLanguageShare");
  const told = [primary!, ...(bias && bias !== primary ? [bias] : [])].map((one) => besideWords(one) ?? "");
  const isKnown = primary!.beside.some(({ kind }) => kind === "languageMeans");
  return told[0] === "" || isKnown
    ? told
    : [
        ...told,
        "Language means subtracted were not measured: a mix that lowers bias is not yet held against them.",
      ];
}

/** As plain text: what `lab report STUDYDIR` prints, and a screen reader reads. */
export const cardText = ({ title, question, headline: found, parts }: StudyCard): string =>
  [title, question, found, ...parts.map(({ head, sentences }) => `${head}. ${sentences.join(" ")}`)].join(
    "\n\n",
  );
