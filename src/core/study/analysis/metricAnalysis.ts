// One measure over all cells of a study: values by seed, against the control, beside the start, by group of languages.
import { findMetric } from "../../metrics/metricTable.ts";
import type { QueryValues } from "../../stats/queryValues.ts";
import type { Study } from "../study.ts";
import type { CellRun } from "../studyResult.ts";
import { besideRows } from "./besideRows.ts";
import { cellVerdicts } from "./cellVerdicts.ts";
import { curveOf } from "./curve.ts";
import { gapsOf, languageGroup, type NamedLanguages } from "./languageGroups.ts";
import { newQuestions } from "./newQuestions.ts";
import { ownControls } from "./ownControls.ts";
import { paired, seedMean, seedValues } from "./seedMeans.ts";
import { surfaceOf } from "./surface.ts";
import type { CellRow, MetricAnalysis, ResponseAxis, SeedValue } from "./studyAnalysis.ts";

export interface StudyParts {
  readonly study: Study;
  readonly runs: readonly CellRun[];
  readonly cells: readonly string[];
  readonly control: string;
  readonly groups: readonly NamedLanguages[];
  readonly axis: ResponseAxis | undefined;
  readonly isOver: boolean; // no run is to come
}

export function metricAnalysis(metric: string, parts: StudyParts): MetricAnalysis {
  const { study, runs, cells, control, groups, axis, isOver } = parts;
  const valueOf = ({ end }: CellRun) => end.values[metric];
  const byCell = new Map(cells.map((cell) => [cell, seedValues(runs, cell, valueOf)]));
  const ofControl = byCell.get(control) ?? [];
  const made = new Set(study.cells.flatMap(({ name, controlOf }) => (controlOf === undefined ? [] : [name]))); // these answer their rules
  const differences = new Map<string, readonly SeedValue[]>();
  for (const [cell, seeds] of byCell) {
    const against = cell === control || made.has(cell) ? [] : paired(seeds, ofControl);
    if (against.length > 0) differences.set(cell, against);
  }
  const verdicts = cellVerdicts(study, differences, metric, isOver);
  const inGroups = groups.map((group) => languageGroup(group, metric, runs, cells, control));
  const [first, second] = inGroups;
  const rows = [...byCell].flatMap(([cell, seeds]): CellRow[] => {
    const against = verdicts.get(cell);
    if (seeds.length === 0) return [];
    const pairs = against && metric === study.primary ? queryPairs(runs, cell, control) : [];
    const both = newQuestions(pairs, metric);
    const found = against && (both ? { ...against, newQuestions: both } : against);
    return [
      {
        cell,
        seeds,
        ...seedMean(seeds),
        ...byLanguage(metric, cell, runs),
        ...(found && { against: found }),
      },
    ];
  });
  const surface = surfaceOf(study, metric, rows);
  const curve = curveOf(axis, metric, rows);
  return {
    metric,
    rows,
    ...(made.size > 0 && { ownControls: ownControls(study, metric, byCell, isOver) }),
    ...(surface && { surface }),
    ...(curve && { curve }),
    beside: besideRows(metric, study, runs),
    groups: inGroups,
    gaps: first && second ? gapsOf(first, second, control) : [],
  };
}

/** Values of single questions of a cell and of the control, by seed. */
function queryPairs(
  runs: readonly CellRun[],
  cell: string,
  control: string,
): (readonly [QueryValues, QueryValues])[] {
  return runs.flatMap((run) => {
    const other = runs.find((one) => one.cell === control && one.seed === run.seed);
    return run.cell === cell && run.queryValues && other?.queryValues
      ? [[run.queryValues, other.queryValues] as const]
      : [];
  });
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
