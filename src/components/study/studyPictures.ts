// The pictures that fit a study's design, in their order. Chooses among them and hands them their numbers; computes none.
import { counted } from "../../core/counted.ts";
import { percent } from "../../core/percent.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { smallestOf } from "../../core/study/analysis/cellVerdicts.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { lowerIsBetter, metricWords } from "../uncertainty/intervalWords.ts";
import { coursePicture } from "./figures/coursePicture.ts";
import { dumbbellPicture } from "./figures/dumbbellPicture.tsx";
import { forestPicture } from "./figures/forestPicture.tsx";
import { parallelPicture } from "./figures/parallelPicture.tsx";
import { paretoPicture } from "./figures/paretoPicture.tsx";
import type { StudyPicture } from "./figures/picture.ts";
import { responsePicture } from "./figures/responsePicture.ts";
import { trianglePicture } from "./figures/trianglePicture.tsx";
import {
  courseTraces,
  dumbbellGroups,
  forests,
  parallelColumns,
  paretoCells,
  paretoLines,
  responseGroups,
  triangleCells,
  triangleSurface,
} from "./studyFigures.ts";
import { capitalised } from "../../core/capitalised.ts";

/** Everything that its pictures are made of. */
export interface PicturedStudy {
  readonly study: Study;
  readonly analysis: StudyAnalysis; // of its runs
  readonly runs: readonly CellRun[];
}

/** @param metric path @returns none where the metric was not measured */
export function studyPictures({ study, analysis, runs }: PicturedStudy, metric: string): StudyPicture[] {
  const own = analysis.metrics.find((one) => one.metric === metric);
  if (!own || own.rows.length === 0) return [];
  const { label, text } = metricWords(metric);
  const most = Math.max(...own.rows.map(({ n }) => n));
  const shared = {
    lowerIsBetter: lowerIsBetter(metric),
    valueHead: label,
    valueText: text,
    sample: `${counted(most, "seed")}, ${analysis.part}, ${counted(analysis.languages.length, "language")}`,
  };
  const triangle = triangleCells(study, own);
  const response = responseGroups(analysis, own);
  const columns = parallelColumns(study);
  const course = courseTraces(study, metric, runs);
  const dumbbell = dumbbellGroups(study, own, { runs, languages: analysis.languages });
  const measureOf = (path: string) => ({
    label: findMetric(path)?.label ?? path,
    valueText: metricWords(path).text,
    lowerIsBetter: lowerIsBetter(path),
  });
  return [
    ...(triangle
      ? [
          trianglePicture({
            title: `${label} over the triangle`,
            cells: triangle,
            ...triangleSurface(own),
            ...shared,
          }),
        ]
      : []),
    ...(response
      ? [
          responsePicture({
            title: `${label} by ${analysis.response!.label}`,
            factor: capitalised(analysis.response!.label),
            ...(analysis.response!.label.startsWith("share") && { factorText: percent }),
            ...response,
            ...shared,
          }),
        ]
      : []),
    ...forests(study, own).map(({ title, control, rows }) =>
      forestPicture({
        title: `${label}: ${title}`,
        rows,
        control,
        smallestEffect: smallestOf(study, metric),
        ...shared,
      }),
    ),
    ...analysis.pareto.flatMap((front) => {
      const [x, y] = front.metrics;
      const cells = paretoCells(study, analysis, front);
      if (cells.length === 0) return [];
      const title = `${measureOf(y).label} against ${measureOf(x).label}`;
      const lines = paretoLines(analysis, front.metrics);
      const { sample } = shared;
      return [paretoPicture({ title, cells, lines, x: measureOf(x), y: measureOf(y), sample })];
    }),
    ...(columns
      ? [
          parallelPicture({
            title: `${label} by setting`,
            cells: study.cells.map(({ name, label: cell }) => ({ cell: name, label: cell })),
            factors: columns,
            measure: {
              label,
              values: study.cells.map(({ name }) => own.rows.find(({ cell }) => cell === name)?.mean),
            },
            ...shared,
          }),
        ]
      : []),
    ...(course
      ? [
          coursePicture({
            title: `${label} while training`,
            groups: course,
            xMax: study.spec.steps,
            ...shared,
          }),
        ]
      : []),
    ...(dumbbell ? [dumbbellPicture({ title: `${label} by language`, ...dumbbell, ...shared })] : []),
  ];
}
