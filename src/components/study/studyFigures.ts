// What a study's pictures show, from its analysis: which of them fit the design, and their numbers. Pure; draws nothing.
import { findMetric } from "../../core/metrics/metricTable.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import type { Ratio } from "../../core/spec/batchKind.ts";
import { fieldAt } from "../../core/spec/fields.ts";
import { formatValue } from "../../core/spec/fieldText.ts";
import { readPath } from "../../core/spec/spec.ts";
import type { ComparedPair, MetricAnalysis, StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Blend, Field } from "../../core/study/figures/levelRegion.ts";
import type { ParallelColumn } from "../../core/study/figures/parallelAxes.ts";
import { blendTerms } from "../../core/study/stats/scheffe.ts";
import { isBeyondTriangle, MIXED_KINDS } from "../../core/study/mixtureCells.ts";
import { cellLabel, controlOf, type Study } from "../../core/study/study.ts";
import { cellSpec } from "../../core/study/studyRuns.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { sizeOf } from "../../core/study/words/cellWords.ts";
import { nounOf } from "../../core/study/words/familyWords.ts";
import { changeWords, verdictWords } from "../../core/study/words/studyNumbers.ts";
import type { DumbbellGroup } from "./figures/dumbbellPicture.tsx";
import type { ForestRow } from "./figures/forestPicture.tsx";
import type { ParetoCell, ParetoLine } from "./figures/paretoPicture.tsx";
import type { ResponseGroup } from "./figures/responsePicture.ts";
import type { SeedTraces } from "./figures/seedSeries.ts";
import type { TriangleCell, TriangleSurface } from "./figures/trianglePicture.tsx";
import { shortBeside } from "../../core/study/analysis/besideRows.ts";
import { capitalised } from "../../core/capitalised.ts";

const lowerIsBetter = (metric: string) => findMetric(metric)?.better === "lower";

/** What one forest plot shows. */
export interface Forest {
  readonly control: string; // "Hybrid", "its own mean"
  readonly title: string; // "cells minus Hybrid"
  readonly rows: readonly ForestRow[];
}

/** All cells against the first control, each with the verdict of the family that decides it; then each other family. */
export function forests(study: Study, { metric, rows, families }: MetricAnalysis): Forest[] {
  const size = sizeOf(study, metric);
  const rowOf = ({ cell, against }: Pick<ComparedPair, "cell" | "against">): ForestRow => ({
    cell,
    label: cellLabel(study, cell),
    difference: against,
    seeds: against.seeds.map(({ value }) => value),
    change: changeWords(metric, against),
    verdict: verdictWords(against.verdict, size),
  });
  const first = rows.flatMap(({ cell, against }) => (against ? [rowOf({ cell, against })] : []));
  const others = families.filter(({ asks, pairs }) => asks !== "control" && pairs.length > 0);
  const control = cellLabel(study, controlOf(study));
  return [
    ...(first.length > 0 ? [{ control, title: `cells minus ${control}`, rows: first }] : []),
    ...others.map((family) => {
      const { asks, pairs } = family;
      const what =
        asks === "mean"
          ? "own mean held fixed"
          : asks === "reversed"
            ? "own way backwards"
            : cellLabel(study, pairs[0]!.other);
      return { control: what, title: `${nounOf(study, family)}s minus ${what}`, rows: pairs.map(rowOf) };
    }),
  ];
}

/** The cells' blends, held; undefined where they differ in more than the mix of the three kinds. */
export function triangleCells(study: Study, { rows }: MetricAnalysis): TriangleCell[] | undefined {
  const paths = new Set(study.cells.flatMap(({ changes }) => Object.keys(changes)));
  if (paths.size !== 1 || !paths.has("batch.ratio")) return undefined;
  const { ratio, schedule } = study.spec.batch;
  if (schedule !== "constant") return undefined;
  const ratioOf = (name: string) =>
    (study.cells.find((cell) => cell.name === name)!.changes["batch.ratio"] ?? ratio) as Ratio;
  const ratios = study.cells.map(({ name }) => ratioOf(name));
  const isWhole = MIXED_KINDS.every((kind) => ratios.some((one) => one[kind] > 0));
  if (!isWhole || ratios.some(isBeyondTriangle)) return undefined;
  return rows.map(({ cell, mean, n, seeds }) => {
    const { mono, cross, multi } = ratioOf(cell);
    const se = standardError(seeds.map(({ value }) => value));
    const blend: Blend = [mono, cross, multi];
    return { cell, label: cellLabel(study, cell), blend, value: mean, n, ...(se !== undefined && { se }) };
  });
}

/** SD / sqrt(n), from three values on. */
function standardError(values: readonly number[]): number | undefined {
  const n = values.length;
  if (n < 3) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
}

const REJECTED = 0.05;

/** The fitted surface, or why none is drawn. */
export function triangleSurface({ metric, surface }: MetricAnalysis): {
  readonly surface?: TriangleSurface;
  readonly noSurface?: string;
} {
  if (!surface) return { noSurface: "No surface: its fit needs more cells or seeds." };
  const { b, best, lackOfFit } = surface;
  if (lackOfFit && lackOfFit.p < REJECTED) {
    return { noSurface: "No surface: a quadratic one does not fit what was measured." };
  }
  const at: Field = (blend) => blendTerms(blend).reduce((sum, term, i) => sum + term * b[i]!, 0);
  return { surface: { at, nearBest: best.value + (lowerIsBetter(metric) ? best.se : -best.se) } };
}

export function responseGroups(
  { response }: StudyAnalysis,
  { rows, groups, beside }: MetricAnalysis,
): { readonly values: readonly number[]; readonly groups: readonly ResponseGroup[] } | undefined {
  if (!response) return undefined;
  const { at } = response;
  type Row = MetricAnalysis["rows"][number] | MetricAnalysis["groups"][number]["cells"][number];
  const groupOf = (id: string, label: string, cells: readonly Row[]): ResponseGroup => {
    const seeds = [...new Set(cells.flatMap((row) => row.seeds.map(({ seed }) => seed)))].sort(
      (a, b) => a - b,
    );
    const valueOf = (cell: string, seed: number) =>
      cells.find((row) => row.cell === cell)?.seeds.find((one) => one.seed === seed)?.value;
    return {
      id,
      label,
      seeds: seeds.map((seed) => ({ seed, values: at.map(({ cell }) => valueOf(cell, seed)) })),
    };
  };
  return {
    values: at.map(({ x }) => x),
    groups: [
      groupOf("all", "all languages", rows),
      ...groups.map(({ name, cells }) => groupOf(name, name, cells)),
      ...beside.map(({ kind, label, mean }): ResponseGroup => ({
        id: `${kind} ${label}`,
        label,
        end: shortBeside(label),
        seeds: [{ seed: 0, values: at.map(() => mean) }],
      })),
    ].filter(({ seeds }) => seeds.length > 0),
  };
}

export function paretoCells(
  study: Study,
  { metrics }: StudyAnalysis,
  front: NonNullable<StudyAnalysis["pareto"]>[number],
): ParetoCell[] {
  const [x, y] = front.metrics.map((path) => metrics.find(({ metric }) => metric === path));
  if (!x || !y) return [];
  const cells = x.rows.flatMap((row): ParetoCell[] => {
    const other = y.rows.find(({ cell }) => cell === row.cell);
    const isOnFront = front.cells.includes(row.cell);
    return other ? [{ cell: row.cell, label: cellLabel(study, row.cell), x: row, y: other, isOnFront }] : [];
  });
  const beside = x.beside.flatMap((row): ParetoCell[] => {
    const other = y.beside.find(({ kind, label }) => kind === row.kind && label === row.label); // of the same start
    const label = shortBeside(row.label);
    return other
      ? [{ cell: `${row.kind} ${row.label}`, label, x: row, y: other, isOnFront: false, isBeside: true }]
      : [];
  });
  return [...cells, ...beside];
}

/** Baselines that have the first measure alone, as BM25 has only the own language: a line across. */
export function paretoLines({ metrics }: StudyAnalysis, [x, y]: readonly [string, string]): ParetoLine[] {
  const besideOf = (path: string) => metrics.find(({ metric }) => metric === path)?.beside ?? [];
  const there = new Set(besideOf(y).map(({ kind }) => kind));
  return besideOf(x)
    .filter(({ kind }) => !there.has(kind))
    .map(({ label, mean }) => ({ label, value: mean }));
}

/** The control against the cell with the best mean, in every language of the groups, means over seeds. */
export function dumbbellGroups(
  study: Study,
  { metric, groups, rows }: MetricAnalysis,
  { runs, languages }: { readonly runs: readonly CellRun[]; readonly languages: readonly string[] },
): { readonly from: string; readonly to: string; readonly groups: readonly DumbbellGroup[] } | undefined {
  const control = controlOf(study);
  const sign = lowerIsBetter(metric) ? -1 : 1;
  const [best] = rows.filter(({ cell }) => cell !== control).toSorted((a, b) => sign * (b.mean - a.mean));
  if (!best || !rows.some(({ cell }) => cell === control)) return undefined;
  const meanOf = (cell: string, language: string) => {
    const values = runs.flatMap((run) => {
      const value = run.cell === cell ? run.end.perLanguage[language]?.[metric] : undefined;
      return typeof value === "number" ? [value] : [];
    });
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const rowsOf = (of: readonly string[]) =>
    of.flatMap((language) => {
      const [from, to] = [meanOf(control, language), meanOf(best.cell, language)];
      return from === undefined || to === undefined
        ? []
        : [{ id: language, label: languageInfo(language).name, from, to }];
    });
  const parts = groups.length > 0 ? groups : [{ name: "All languages", languages }];
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const made = parts.flatMap(({ name, languages: of }): DumbbellGroup[] => {
    const own = rowsOf(of);
    if (own.length === 0) return [];
    const ends = { from: mean(own.map(({ from }) => from)), to: mean(own.map(({ to }) => to)) };
    return [{ title: capitalised(name), rows: own, mean: ends }];
  });
  return made.length === 0
    ? undefined
    : { from: cellLabel(study, control), to: cellLabel(study, best.cell), groups: made };
}

/** Two factors or more as axes; undefined for fewer. */
export function parallelColumns(study: Study): readonly ParallelColumn[] | undefined {
  const { factors = [] } = study;
  if (factors.length < 2) return undefined;
  return factors.map(({ path }) => ({
    label: fieldAt(path).label,
    values: study.cells.map((cell) => {
      const value = readPath(cellSpec(study, cell, study.seeds[0]!), path);
      return typeof value === "number" ? value : formatValue(path, value);
    }),
  }));
}

/** A measure over the steps, cell by cell; undefined where runs were measured at start and end alone. */
export function courseTraces(
  study: Study,
  metric: string,
  runs: readonly CellRun[],
): SeedTraces[] | undefined {
  const lineOf = ({ course }: CellRun) => {
    const points = course.filter((point) => point.metric === metric);
    return {
      steps: points.map(({ step }) => step),
      values: points.map(({ value }) => value),
      length: points.length,
    };
  };
  const groups = study.cells.flatMap(({ name, label }): SeedTraces[] => {
    const own = runs.filter(({ cell }) => cell === name);
    const traces = own.map((run) => ({ seed: run.seed, line: lineOf(run) }));
    return traces.length === 0 ? [] : [{ id: name, label, traces }];
  });
  const isWhole = groups.every(({ traces }) => traces.every(({ line }) => line.length > 2));
  return groups.length > 0 && isWhole ? groups : undefined;
}
