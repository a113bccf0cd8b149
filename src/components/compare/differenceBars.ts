// Differences of two groups as bars: over seeds by language and by group of languages, and the look of one bar. Pure.
import type { LanguageGroup } from "../../core/languages/languageChoice.ts";
import { meanDefined } from "../../core/metrics/languageMeans.ts";
import { seedDifference, type SeedDifference } from "../../core/series/comparedSeeds.ts";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import type { Difference } from "../../core/stats/compareQueries.ts";
import { holmAdjusted } from "../../core/stats/holm.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import type { ChartBar } from "../uncertainty/BarPlot.tsx";
import { changeRangeText, isDecided, lowerIsBetter, metricWords } from "../uncertainty/intervalWords.ts";
import { chanceText, changeText, countText } from "../words/numberText.ts";
import type { RunGroup } from "./groups.ts";

/** A difference over seeds with its p after Holm's correction. */
interface AdjustedDifference extends SeedDifference {
  readonly pHolm?: number;
}

/** By language, and the means over groups of languages in their order; undefined where a run lacks a value. */
export function seedDifferences(
  metric: string,
  first: RunGroup,
  second: RunGroup,
  languages: readonly string[],
  groups: readonly LanguageGroup[],
) {
  const over = (langs: readonly string[]) =>
    seedDifference(metric, first.runs, second.runs, (run) => meanOf(run, langs, metric));
  const found = languages.map((lang) => [lang, over([lang])] as const);
  const tested = found.flatMap(([, difference]) => difference?.p ?? []);
  const adjusted = holmAdjusted(tested);
  let at = 0;
  return {
    languages: new Map(
      found.map(([lang, difference]): [string, AdjustedDifference | undefined] => [
        lang,
        difference?.p === undefined ? difference : { ...difference, pHolm: adjusted[at++]! },
      ]),
    ),
    groups: groups.map((group): AdjustedDifference | undefined => over(group.languages)),
  };
}

function valuesOf(run: Run, languages: readonly string[], metric: string): number[] {
  const { perLanguage = {} } = detailOf(run).record?.final ?? {};
  return languages.flatMap((lang) => perLanguage[lang]?.values[metric] ?? []);
}

/** undefined where the run lacks a value. */
function meanOf(run: Run, languages: readonly string[], metric: string): number | undefined {
  const values = valuesOf(run, languages, metric);
  return values.length < languages.length ? undefined : (meanDefined(values) ?? undefined);
}

/** Of the values that there are; NaN where there is none. */
export const meanOver = (runs: readonly Run[], languages: readonly string[], metric: string): number =>
  meanDefined(runs.flatMap((run) => valuesOf(run, languages, metric))) ?? NaN;

/** @param means of the first and the second */
export function differenceBar(
  look: Pick<ChartBar, "id" | "label" | "isMean">,
  found: Difference | AdjustedDifference,
  means: readonly [number, number],
  { metric, seeds }: { readonly metric: string; readonly seeds: string },
): ChartBar {
  const { text } = metricWords(metric);
  const { estimate, low, high, p } = found;
  const overSeeds = "verdict" in found;
  const pHolm = found.pHolm ?? p;
  const n = overSeeds ? found.seeds : found.clusters;
  const hasRange = !overSeeds || n >= LEAST_SCATTER;
  const isTested = !overSeeds || found.verdict.kind === "better" || found.verdict.kind === "worse";
  const decided = isTested && isDecided(found);
  const good = estimate > 0 !== lowerIsBetter(metric);
  const chance = pHolm === undefined ? "" : `, ${chanceText(pHolm).replace("p", "p (Holm)")}`;
  const unit = overSeeds ? "seeds" : "question groups";
  return {
    ...look,
    value: estimate,
    ...(hasRange && { low, high }),
    colour: !decided ? "var(--line)" : good ? "var(--good)" : "var(--bad)",
    note: `${text(means[0])} − ${text(means[1])}: ${changeText(estimate, text)}${hasRange ? ` ${changeRangeText(found, text)}` : ""}${chance}, ${countText(n)} ${unit}`,
    cells: [...means, estimate, ...(hasRange ? [low, high] : ["", ""]), p ?? "", pHolm ?? "", n, seeds],
  };
}
