// What the groups of pairs are called, how they look, and the finding in words. Measures nothing.
import { COSINE_GROUPS, type CosineChoice, type CosineGroup, type CosineView } from "../../core/run/views.ts";
import { areaUnderCurve, medianCosine, totalOf } from "../../core/stats/cosineCounts.ts";
import { counted } from "../../core/counted.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { countText, scoreText, shareText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";

export type When = "before" | "now";

/** Colours that no kind of batch wears, and dashes, so that none is told by colour alone. */
export const GROUP_LOOKS: Readonly<
  Record<CosineGroup, { readonly label: string; readonly colour: string; readonly dash?: string }>
> = {
  meaning: { label: "Same meaning, other language", colour: "var(--series-1)" },
  language: { label: "Other meaning, same language", colour: "var(--series-6)", dash: "6 3" },
  neither: { label: "Other meaning, other language", colour: "var(--series-5)", dash: "2 3" },
};

/** How often meaning beats language, in [0, 1]; NaN where there is nothing to compare. */
export const meaningWins = ({ groups: { meaning, language } }: CosineView, when: When): number =>
  areaUnderCurve(meaning[when], language[when]);

const named = (lang: string | undefined, otherwise: string) =>
  lang === undefined ? otherwise : languageInfo(lang).name;

/** "A right answer in another language is nearer than a wrong one in the question's own in 31.0 % of pairs before …" */
export function findingWords(view: CosineView): string {
  const [before, now] = [meaningWins(view, "before"), meaningWins(view, "now")];
  const { query, passage } = view.choice;
  const own = named(query, "the question’s own");
  const of = `A right answer in ${named(passage, "another language")} is nearer than a wrong one in ${own}`;
  if (Number.isNaN(now)) return `${of}: no such pairs here.`;
  return `${of} in ${shareText(before)} of cases before training and in ${shareText(now)} now (AUC; 50\u00a0%: by chance).`;
}

/** ".016 → .139" */
export function medianWords({ groups }: CosineView, group: CosineGroup): string {
  const { before, now } = groups[group];
  return totalOf(now) === 0 ? "" : [before, now].map((one) => scoreText(medianCosine(one))).join(" → ");
}

/** How many texts and pairs, of how many concepts. */
export function cosineSample(view: CosineView, name: string, seed: number): string {
  const { concepts, questions, passages, groups } = view;
  const pairs = COSINE_GROUPS.map((group) => countText(totalOf(groups[group].now)));
  return `${name}: ${counted(questions, "question")} and ${counted(passages, "passage")} of ${counted(concepts, "concept")} of the evaluation; n = ${pairs.join(", ")} pairs in the order of the legend; ${seedsText([seed])}: no interval.`;
}

/** A language to itself has no answer in another one. */
export function withLanguage(
  choice: CosineChoice,
  side: keyof CosineChoice,
  lang: string | undefined,
): CosineChoice {
  const other = side === "query" ? "passage" : "query";
  return {
    ...(choice[other] !== undefined && choice[other] !== lang && { [other]: choice[other] }),
    ...(lang !== undefined && { [side]: lang }),
  };
}
