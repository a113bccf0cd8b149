// What cells have over some languages, beside other languages: low- and high-resource, scripts, or named ones.
import { groupBy } from "../../groupBy.ts";
import { isLowResource, languageInfo, scriptName } from "../../languages/languageInfo.ts";
import { meanDefined } from "../../metrics/languageMeans.ts";
import type { Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { paired, seedMean, seedValues, type ValueOf } from "./seedMeans.ts";
import type { GroupCell, LanguageGroup, SeedValue } from "./studyAnalysis.ts";

export const LOW = "low-resource";
export const HIGH = "high-resource";
export const ALL_LANGUAGES = "all languages";

export interface NamedLanguages {
  readonly name: string;
  readonly languages: readonly string[];
}

/** Classes 0 to 2 of Joshi et al. against 3 to 5; none where the set lacks one of them. */
export function byLevel(languages: readonly string[]): NamedLanguages[] {
  const low = languages.filter(isLowResource);
  const high = languages.filter((lang) => !isLowResource(lang) && languageInfo(lang).resourceClass !== null);
  return low.length > 0 && high.length > 0
    ? [
        { name: LOW, languages: low },
        { name: HIGH, languages: high },
      ]
    : [];
}

/** By level always, then the study's own groups. */
export function groupsOf({ groups }: Pick<Study, "groups">, languages: readonly string[]): NamedLanguages[] {
  const level = byLevel(languages);
  if (groups === undefined || groups === "level") return level;
  const own =
    groups === "script"
      ? [...groupBy(languages, (lang) => scriptName(languageInfo(lang).script))]
      : Object.entries(groups);
  const named = own.map(([name, of]) => ({ name, languages: of.filter((lang) => languages.includes(lang)) }));
  return [...level, ...named.filter((group) => group.languages.length > 0)];
}

/** The mean over some languages, each weighing the same; undefined where one of them has no value. */
const overLanguages =
  (metric: string, languages: readonly string[]): ValueOf =>
  ({ end }) => {
    const values = languages.map((lang) => end.perLanguage[lang]?.[metric] ?? null);
    return values.includes(null) ? undefined : meanDefined(values);
  };

export function languageGroup(
  { name, languages }: NamedLanguages,
  metric: string,
  runs: readonly CellRun[],
  cells: readonly string[],
): Omit<LanguageGroup, "families"> {
  const valueOf = overLanguages(metric, languages);
  return {
    name,
    languages,
    cells: cells.flatMap((cell): GroupCell[] => {
      const seeds = seedValues(runs, cell, valueOf);
      return seeds.length === 0 ? [] : [{ cell, seeds, ...seedMean(seeds) }];
    }),
  };
}

/** First group minus second in a cell, by seed. */
export const gapBySeed = (
  [first, second]: readonly Pick<LanguageGroup, "cells">[],
  cell: string,
): SeedValue[] => {
  const [a, b] = [first, second].map((group) => group?.cells.find((one) => one.cell === cell)?.seeds ?? []);
  return paired(a!, b!);
};
