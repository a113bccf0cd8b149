// The pictures that fit a study's design. Chooses among them and hands them their numbers; computes none.
import { counted } from "../../core/counted.ts";
import { percent } from "../../core/percent.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { smallestOf } from "../../core/study/analysis/cellVerdicts.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../../core/study/study.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { lowerIsBetter, metricWords } from "../uncertainty/intervalWords.ts";
import { CourseFigure } from "./figures/CourseFigure.tsx";
import { DumbbellFigure } from "./figures/DumbbellFigure.tsx";
import { ForestFigure } from "./figures/ForestFigure.tsx";
import { ParallelFigure } from "./figures/ParallelFigure.tsx";
import { ParetoFigure } from "./figures/ParetoFigure.tsx";
import { ResponseFigure } from "./figures/ResponseFigure.tsx";
import { TriangleFigure } from "./figures/TriangleFigure.tsx";
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

interface StudyFiguresProps {
  readonly study: Study;
  readonly analysis: StudyAnalysis;
  readonly metric: string;
  readonly runs: readonly CellRun[];
}

export function StudyFigures({ study, analysis, metric, runs }: StudyFiguresProps) {
  const own = analysis.metrics.find((one) => one.metric === metric);
  if (!own || own.rows.length === 0) return null;
  const { label, text } = metricWords(metric);
  const most = Math.max(...own.rows.map(({ n }) => n));
  const shared = {
    lowerIsBetter: lowerIsBetter(metric),
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
  return (
    <div className="study-figures">
      {triangle && (
        <TriangleFigure
          title={`${label} over the triangle`}
          cells={triangle}
          {...triangleSurface(own)}
          {...shared}
        />
      )}
      {response && (
        <ResponseFigure
          title={`${label} by ${analysis.response!.label}`}
          factor={capital(analysis.response!.label)}
          {...(analysis.response!.label.startsWith("share") && { factorText: percent })}
          {...response}
          {...shared}
        />
      )}
      {forests(study, own).map(({ title, control, rows }) => (
        <ForestFigure
          key={title}
          title={`${label}: ${title}`}
          {...{ rows, control }}
          smallestEffect={smallestOf(study, metric)}
          {...shared}
        />
      ))}
      {analysis.pareto?.map((front) => {
        const [x, y] = front.metrics;
        const cells = paretoCells(study, analysis, front);
        return cells.length === 0 ? null : (
          <ParetoFigure
            key={front.metrics.join()}
            title={`${measureOf(y).label} against ${measureOf(x).label}`}
            cells={cells}
            lines={paretoLines(analysis, front.metrics)}
            x={measureOf(x)}
            y={measureOf(y)}
            sample={shared.sample}
          />
        );
      })}
      {columns && (
        <ParallelFigure
          title={`${label} by setting`}
          cells={study.cells.map(({ name, label: cell }) => ({ cell: name, label: cell }))}
          factors={columns}
          measure={{
            label,
            values: study.cells.map(({ name }) => own.rows.find(({ cell }) => cell === name)?.mean),
          }}
          {...shared}
        />
      )}
      {course && (
        <CourseFigure title={`${label} while training`} groups={course} xMax={study.spec.steps} {...shared} />
      )}
      {dumbbell && <DumbbellFigure title={`${label} by language`} {...dumbbell} {...shared} />}
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
