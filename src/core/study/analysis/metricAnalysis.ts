// One measure over all cells of a study: values by seed, against the control, beside the start, by group of languages.
import { findMetric } from "../../metrics/metricTable.ts";
import type { QueryValues } from "../../stats/queryValues.ts";
import { evalLanguages } from "../../spec/resolve.ts";
import { controlOf, type Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { besideRows } from "./besideRows.ts";
import { curveOf } from "./curve.ts";
import type { AskedFamily } from "./families.ts";
import { familyVerdicts } from "./familyVerdicts.ts";
import { ALL_LANGUAGES, gapBySeed, languageGroup, type NamedLanguages } from "./languageGroups.ts";
import { newQuestions } from "./newQuestions.ts";
import { seedMean, seedValues } from "./seedMeans.ts";
import { blendCells, surfaceOf } from "./surface.ts";
import { synergyOf } from "./synergy.ts";
import type { CellRow, ComparedPair, GroupGap, MetricAnalysis, ResponseAxis } from "./studyAnalysis.ts";

export interface StudyParts {
  readonly study: Study;
  readonly runs: readonly CellRun[];
  readonly cells: readonly string[];
  readonly families: readonly AskedFamily[];
  readonly groups: readonly NamedLanguages[];
  readonly axis: ResponseAxis | undefined;
  readonly isOver: boolean; // no run is to come
}

export function metricAnalysis(metric: string, parts: StudyParts): MetricAnalysis {
  const { study, runs, cells, families, groups, axis, isOver } = parts;
  const control = controlOf(study);
  const isPrimary = metric === study.primary;
  const byCell = new Map(
    cells.map((cell) => [cell, seedValues(runs, cell, ({ end }) => end.values[metric])]),
  );
  const judged = (valuesOf: Parameters<typeof familyVerdicts>[1]) =>
    familyVerdicts(families, valuesOf, { study, metric, isOver });
  const compared = judged((cell) => byCell.get(cell) ?? []).map(({ asks, pairs }) => ({
    asks,
    pairs: isPrimary ? pairs.map((pair) => withQuestions(pair, metric, runs)) : pairs,
  }));
  const inGroups = groups.map((group, i) => {
    const own = languageGroup(group, metric, runs, cells);
    const seedsOf = (cell: string) => own.cells.find((one) => one.cell === cell)?.seeds ?? [];
    return { ...own, families: isPrimary && i < 2 ? judged(seedsOf) : [] };
  });
  const gapOf = (cell: string) => (inGroups.length < 2 ? [] : gapBySeed(inGroups, cell));
  const rows = [...byCell].flatMap(([cell, seeds]): CellRow[] => {
    const against = compared
      .flatMap(({ pairs: of }) => of)
      .find((pair) => pair.cell === cell && pair.other === control)?.against;
    const languages = byLanguage(metric, cell, runs);
    return seeds.length === 0
      ? []
      : [{ cell, seeds, ...seedMean(seeds), ...languages, ...(against && { against }) }];
  });
  const surface = surfaceOf(blendCells(study, rows), metric);
  const synergy = isPrimary
    ? synergyOf(
        study,
        metric,
        [
          { name: ALL_LANGUAGES, languages: evalLanguages(study.spec).length, cells: rows },
          ...inGroups.map(({ name, languages, cells: own }) => ({
            name,
            languages: languages.length,
            cells: own,
          })),
        ],
        inGroups.length < 2 ? undefined : cells.map((cell) => ({ cell, seeds: gapOf(cell) })),
        isOver,
      )
    : undefined;
  const curve = curveOf(axis, metric, rows);
  return {
    metric,
    rows,
    families: compared,
    ...(surface && { surface }),
    ...(synergy && { synergy }),
    ...(curve && { curve }),
    beside: besideRows(metric, study, runs),
    groups: inGroups,
    gaps: cells.flatMap((cell): GroupGap[] => {
      const gap = gapOf(cell);
      return gap.length === 0 ? [] : [{ cell, gap: seedMean(gap) }];
    }),
    gapFamilies: isPrimary && inGroups.length >= 2 ? judged(gapOf) : [],
  };
}

/** For new questions, too, where both cells have values of single ones. */
function withQuestions(pair: ComparedPair, metric: string, runs: readonly CellRun[]): ComparedPair {
  const { cell, other, against } = pair;
  const both = newQuestions(
    runs.flatMap((run): (readonly [QueryValues, QueryValues])[] => {
      const beside = runs.find((one) => one.cell === other && one.seed === run.seed);
      return run.cell === cell && run.queryValues && beside?.queryValues
        ? [[run.queryValues, beside.queryValues]]
        : [];
    }),
    metric,
  );
  return both ? { cell, other, against: { ...against, newQuestions: both } } : pair;
}

/** The worst language and how far languages scatter, by their means over the cell's seeds. */
function byLanguage(
  metric: string,
  cell: string,
  runs: readonly CellRun[],
): Pick<CellRow, "worst" | "spread"> {
  const own = runs.filter((run) => run.cell === cell);
  const languages = Object.keys(own[0]?.end.perLanguage ?? {});
  const means = languages.flatMap((language) => {
    const seeds = seedValues(own, cell, ({ end }) => end.perLanguage[language]?.[metric]);
    return seeds.length === own.length ? [{ language, mean: seedMean(seeds).mean }] : [];
  });
  if (means.length < 2) return {};
  const isLess = findMetric(metric)?.better === "lower";
  const worst = means.reduce((a, b) => ((isLess ? b.mean > a.mean : b.mean < a.mean) ? b : a));
  const mean = means.reduce((sum, one) => sum + one.mean, 0) / means.length;
  const squares = means.reduce((sum, one) => sum + (one.mean - mean) ** 2, 0);
  return { worst, spread: Math.sqrt(squares / (means.length - 1)) };
}
