// Sentences of a study's card that contradict their own numbers: a word for better beside a difference the other way, or one whose
// printed interval holds 0. For tests on invented and on committed studies.
import { findMetric } from "../core/metrics/metricTable.ts";
import type { StudyAnalysis } from "../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../core/study/study.ts";
import { studyCard } from "../core/study/words/studyCard.ts";

/** "“mono-20” +.025 [.020, .030]", "“a”: −2.1 points [−3.0, −1.2]", "“b” with +57.0 ranks" */
const NAMED = /“[^”]+”(?::| with)? ([+−]?[\d.]+)(?: points| ranks)?(?: \[([−\d.]+), ([−\d.]+)\])?/g;

/** What introduces differences, and the sign that they must have where more is better; 0: not the good one. */
const SAID: readonly (readonly [RegExp, 1 | -1 | 0])[] = [
  [/\d (?:is|are) better: (.+?)\.(?= |$)/g, 1],
  [/\d (?:is|are) worse: (.+?)\.(?= |$)/g, -1],
  [/\d better, (?:most )?(“.+?)(?=; \d|\.$)/g, 1],
  [/\d worse, (?:most )?(“.+?)(?=; \d|\.$)/g, -1],
  [/best is (“.+?\))/g, 1],
  [/Ahead(?: of the rules)? is (“.+?\))/g, 1],
  [/ahead of “[^”]+” is (“.+?\))/g, 1],
  [/[Nn]earest(?: of the rules| to it)? is (“.+?\))/g, 0],
];

/** Empty where all is as it should be. */
export function wrongSentences(study: Study, analysis: StudyAnalysis): string[] {
  const { headline, parts, details } = studyCard(study, analysis);
  const measures = analysis.metrics.map(({ metric }) => metric);
  const metricOf = (head: string, sentence: string) =>
    measures.find(
      (metric) => head.startsWith("Other measures") && sentence.startsWith(`${findMetric(metric)!.label}:`),
    ) ?? study.primary;
  return [{ head: "", sentences: [headline] }, ...parts, ...details].flatMap(({ head, sentences }) =>
    sentences.flatMap((one) => wrongOf(one, findMetric(metricOf(head, one))?.better === "lower" ? -1 : 1)),
  );
}

function wrongOf(sentence: string, good: 1 | -1): string[] {
  const wrong = sentence.includes(" gain") && !sentence.includes("the gains of") ? [sentence] : [];
  for (const [said, sign] of SAID) {
    for (const [, list] of sentence.matchAll(said)) {
      for (const [text, mean, low, high] of list!.matchAll(NAMED)) {
        const [value, least, most] = [mean, low, high].map((one) => Number((one ?? "NaN").replace("−", "-")));
        const holdsZero = /better|worse/.test(said.source) && least! < 0 && most! > 0;
        const isRight = sign === 0 ? good * value! <= 0 : sign * good * value! > 0 && !holdsZero;
        if (!isRight) wrong.push(`${text} in: ${sentence}`);
      }
    }
  }
  return wrong;
}
