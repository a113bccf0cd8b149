// Bars of languages, one by one or a mean for each group with its members on demand. Pure; computes no mean.
import { groupLanguages, type LanguageGroup } from "../../core/languages/languageChoice.ts";
import { groupingOf, type LanguageState } from "../../state/languageStore.ts";
import type { ChartBar } from "./BarPlot.tsx";

interface BarsOf {
  /** undefined where the language has no value. */
  readonly language: (lang: string) => ChartBar | undefined;
  readonly mean: (group: LanguageGroup, index: number) => ChartBar | undefined;
}

/** None where languages stand one by one. */
export function groupsFor(
  languages: readonly string[],
  grouping: LanguageState["grouping"],
): readonly LanguageGroup[] {
  const own = groupingOf(grouping, languages.length);
  return own === "none" ? [] : groupLanguages(languages, own);
}

/** Largest value first; groups keep their order, each followed by its members where it is open. */
export function groupedBars(
  languages: readonly string[],
  groups: readonly LanguageGroup[],
  openGroup: string | undefined,
  bars: BarsOf,
): ChartBar[] {
  const single = (langs: readonly string[]) =>
    langs.flatMap((lang) => bars.language(lang) ?? []).sort((a, b) => b.value - a.value);
  if (groups.length === 0) return single(languages);
  return groups.flatMap((group, i) => [
    ...[bars.mean(group, i) ?? []].flat(),
    ...(group.title === openGroup ? single(group.languages) : []),
  ]);
}

/** The id of the bar in which a language is: its own, or that of its closed group. */
export function barAt(
  lang: string | undefined,
  groups: readonly LanguageGroup[],
  openGroup: string | undefined,
): string | undefined {
  const group = lang === undefined ? undefined : groups.find(({ languages }) => languages.includes(lang));
  return group === undefined || group.title === openGroup ? lang : group.title;
}
