// Low- beside high-resource languages in words, and what a set cannot say of them.
import { counted } from "../../counted.ts";
import { isLowResource, languageInfo } from "../../languages/languageInfo.ts";
import { HIGH, LOW } from "../analysis/languageGroups.ts";
import type { MetricAnalysis, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { controlOf, type Study } from "../study.ts";
import { comparedCells, labelOf } from "./findingWords.ts";
import { changeWords, metricName, valueWords } from "./studyNumbers.ts";

/** Of the cell that does best: the gain in each group, their difference, the worst language. */
export function groupWords(study: Study, { languages }: StudyAnalysis, primary: MetricAnalysis): string[] {
  const { metric, groups, gaps } = primary;
  const lacking = lackingWords(languages);
  const worst = worstWords(study, primary);
  if (lacking !== undefined) return [lacking, ...worst];
  const [low, high] = [LOW, HIGH].map((name) => groups.find((group) => group.name === name));
  const best = comparedCells(primary)[0]?.cell;
  const [a, b] = [low, high].map((group) => group?.cells.find(({ cell }) => cell === best)?.against);
  const gap = gaps.find(({ cell }) => cell === best)?.against;
  if (!low || !high || best === undefined || !a || !b || !gap) return worst;
  const basis = gap.low === undefined ? "" : "95 % t intervals ";
  return [
    `In ${metricName(metric)} ${labelOf(study, best)} gains ${changeWords(metric, a)} against ${labelOf(study, controlOf(study))} in the ${counted(low.languages.length, "low-resource language")}, ${changeWords(metric, b)} in the ${counted(high.languages.length, "high-resource one")}; the difference is ${changeWords(metric, gap)} (${basis}over ${counted(gap.n, "seed")}).`,
    ...worst,
  ];
}

/** Why a set says nothing of one of the two; undefined where it has both. */
function lackingWords(languages: readonly string[]): string | undefined {
  const low = languages.filter(isLowResource).length;
  const high = languages.filter((lang) => (languageInfo(lang).resourceClass ?? 0) >= 3).length;
  if (low > 0 && high > 0) return undefined;
  const [which, classes] = low === 0 ? ["low", "0 to 2"] : ["high", "3 to 5"];
  return `None of the ${counted(languages.length, "language")} asked in is of the classes ${classes} (Joshi et al. 2020): this study cannot say anything about ${which}-resource languages.`;
}

function worstWords(study: Study, primary: MetricAnalysis): string[] {
  const best = comparedCells(primary)[0];
  const control = primary.rows.find(({ cell }) => cell === controlOf(study));
  if (!best?.worst || !control?.worst) return [];
  const told = ({ language, mean }: { readonly language: string; readonly mean: number }) =>
    `${languageInfo(language).name} at ${valueWords(primary.metric, mean)}`;
  return [
    `The worst language of ${labelOf(study, best.cell)} is ${told(best.worst)}, of ${labelOf(study, control.cell)} ${told(control.worst)}.`,
  ];
}
