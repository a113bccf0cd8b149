// Low- beside high-resource languages in words, and what a set cannot say of them.
import { counted } from "../../counted.ts";
import { isLowResource, languageInfo } from "../../languages/languageInfo.ts";
import { HIGH, LOW } from "../analysis/languageGroups.ts";
import type { ComparedPair, MetricAnalysis, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import type { StudyVerdict } from "../stats/studyVerdict.ts";
import type { Study } from "../study.ts";
import { labelOf, seedsWords, sizeOf } from "./cellWords.ts";
import { familyIntervals, leadFamily, leadPair, nounOf } from "./familyWords.ts";
import { changeWords, metricName, valueWords, verdictWords } from "./studyNumbers.ts";

/** Of the pair that is told first: its difference in each group, the difference of these two, the worst language. */
export function groupWords(study: Study, { languages }: StudyAnalysis, primary: MetricAnalysis): string[] {
  const { metric, groups, gapFamilies } = primary;
  const lacking = lackingWords(languages);
  const lead = leadPair(primary);
  if (!lead) return lacking === undefined ? [] : [lacking];
  const worst = worstWords(study, primary, lead);
  if (lacking !== undefined) return [lacking, ...worst];
  const family = leadFamily(primary);
  const { asks } = family;
  const [low, high, gap] = [LOW, HIGH]
    .map((name) => groups.find((group) => group.name === name)?.families ?? [])
    .concat([gapFamilies])
    .map((families) =>
      families
        .find((family) => family.asks === asks)
        ?.pairs.find(({ cell, other }) => cell === lead.cell && other === lead.other),
    );
  if (!low || !high || !gap) return worst;
  const [nLow, nHigh] = [LOW, HIGH].map(
    (name) => groups.find((group) => group.name === name)!.languages.length,
  );
  const wordOf = ({ against: { verdict } }: ComparedPair) => shortVerdict(verdict, sizeOf(study, metric));
  const basis = `${seedsWords([gap.against])}${familyIntervals([gap], nounOf(study, family))}`;
  return [
    `In ${metricName(metric)} ${labelOf(study, lead.cell)} minus ${labelOf(study, lead.other)} is ${changeWords(metric, low.against)}, ${wordOf(low)}, in the ${counted(nLow!, "low-resource language")} and ${changeWords(metric, high.against)}, ${wordOf(high)}, in the ${counted(nHigh!, "high-resource one")}. These two differ by ${changeWords(metric, gap.against)}: ${gapText(gap.against.verdict, sizeOf(study, metric))} (${basis}).`,
    ...worst,
  ];
}

/** Without the seeds that it would take. */
const shortVerdict = ({ more: _, ...verdict }: StudyVerdict, size: string | undefined): string =>
  verdict.kind === "undecided" ? "undecided" : verdictWords(verdict, size);

/** What is said of how much more a cell gains in one group than in the other. */
function gapText({ kind, small }: StudyVerdict, size: string | undefined): string {
  switch (kind) {
    case "tooFew":
      return "too few seeds to test";
    case "better":
    case "worse":
      return `not alike${small && size !== undefined ? `, but by less than ${size}` : ""}`;
    case "same":
      return `alike${size === undefined ? "" : ` within ${size}`}`;
    case "undecided":
      return "undecided";
    default:
      return kind satisfies never;
  }
}

/** Why a set says nothing of one of the two; undefined where it has both. */
function lackingWords(languages: readonly string[]): string | undefined {
  const low = languages.filter(isLowResource).length;
  const high = languages.filter((lang) => (languageInfo(lang).resourceClass ?? 0) >= 3).length;
  if (low > 0 && high > 0) return undefined;
  const [which, classes] = low === 0 ? ["low", "0 to 2"] : ["high", "3 to 5"];
  return `None of the ${counted(languages.length, "language")} asked in is of the classes ${classes} (Joshi et al. 2020): this study cannot say anything about ${which}-resource languages.`;
}

function worstWords(study: Study, { metric, rows }: MetricAnalysis, { cell, other }: ComparedPair): string[] {
  const [best, beside] = [cell, other].map((name) => rows.find((row) => row.cell === name)?.worst);
  if (!best || !beside) return [];
  const told = ({ language, mean }: { readonly language: string; readonly mean: number }) =>
    `${languageInfo(language).name} at ${valueWords(metric, mean)}`;
  return [
    `The worst language of ${labelOf(study, cell)} is ${told(best)}, of ${labelOf(study, other)} ${told(beside)}.`,
  ];
}
