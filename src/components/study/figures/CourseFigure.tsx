// A measure over the steps of training, in cells or in groups of languages: the mean over seeds with its band, single seeds faint.
import { useMemo } from "react";
import { LEAST_SCATTER } from "../../../core/series/interval.ts";
import { LineFigure } from "../../charts/LineFigure.tsx";
import type { NumberText } from "../../words/numberText.ts";
import { seedSeries, type SeedTraces } from "./seedSeries.ts";

interface CourseFigureProps {
  readonly title: string;
  readonly groups: readonly SeedTraces[];
  readonly xMax: number; // steps
  readonly lowerIsBetter: boolean;
  readonly valueText: NumberText;
  readonly sample: string;
}

export function CourseFigure({ title, groups, xMax, lowerIsBetter, valueText, sample }: CourseFigureProps) {
  const series = useMemo(() => seedSeries(groups), [groups]);
  return (
    <LineFigure
      {...{ title, series, xMax, valueText, sample }}
      yFrom="data"
      description={`Thick: the mean over seeds; band: its 95 % interval, from ${LEAST_SCATTER} seeds on; faint: single seeds. ${lowerIsBetter ? "Lower" : "Higher"} is better.`}
      empty="Lines appear here as cells finish."
    />
  );
}
