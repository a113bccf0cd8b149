// A measure over the values of one factor: the mean over seeds with its band, single seeds faint. Computes no test.
import { useMemo } from "react";
import { LEAST_SCATTER } from "../../../core/series/interval.ts";
import { responsePlaces } from "../../../core/study/figures/responsePlaces.ts";
import { LineFigure } from "../../charts/LineFigure.tsx";
import { tableText, type NumberText } from "../../words/numberText.ts";
import { seedSeries, type SeedTraces } from "./seedSeries.ts";

/** One line: a measure in all languages or in some of them. */
export interface ResponseGroup {
  readonly id: string;
  readonly label: string;
  readonly seeds: readonly {
    readonly seed: number;
    readonly values: readonly (number | undefined)[]; // one of each value of the factor
  }[];
}

interface ResponseFigureProps {
  readonly title: string;
  readonly factor: string; // "Share of mono"
  readonly values: readonly (number | string)[]; // of the factor, ascending
  readonly factorText?: (value: number) => string; // left out: four digits
  readonly groups: readonly ResponseGroup[];
  readonly lowerIsBetter: boolean;
  readonly valueText: NumberText;
  readonly sample: string;
}

export function ResponseFigure({
  factor,
  values,
  groups,
  factorText = tableText,
  ...props
}: ResponseFigureProps) {
  const { title, lowerIsBetter, valueText, sample } = props;
  const { axis, at, end } = useMemo(() => {
    const places = responsePlaces(values);
    const text = (x: number) => {
      const value = places.valueAt(x);
      return typeof value === "number" ? factorText(value) : value;
    };
    return { axis: { head: factor, text, ticks: places.ticks }, at: places.at, end: places.end };
  }, [factor, values, factorText]);
  const series = useMemo(
    () =>
      seedSeries(
        groups.map(({ id, label, seeds }): SeedTraces => ({
          id,
          label,
          traces: seeds.map(({ seed, values: own }) => {
            const there = own.flatMap((value, i) => (value === undefined ? [] : [{ x: at[i]!, value }]));
            const steps = there.map(({ x }) => x);
            return { seed, line: { steps, values: there.map(({ value }) => value), length: there.length } };
          }),
        })),
      ),
    [groups, at],
  );
  return (
    <LineFigure
      {...{ title, series, axis, valueText, sample }}
      xMax={end}
      yFrom="data"
      legend={series.length > 1}
      description={`Thick: the mean over seeds; band: its 95 % interval, from ${LEAST_SCATTER} seeds on; faint: single seeds. ${lowerIsBetter ? "Lower" : "Higher"} is better.`}
      empty="The curve appears here as cells finish."
    />
  );
}
