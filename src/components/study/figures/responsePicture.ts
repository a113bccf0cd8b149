// A measure over the values of one factor: the mean over seeds with its band, single seeds faint. Computes no test.
import { responsePlaces } from "../../../core/study/figures/responsePlaces.ts";
import { tableText, type NumberText } from "../../words/numberText.ts";
import type { LinesPicture } from "./picture.ts";
import { seedsDescription, seedSeries, type SeedTraces } from "./seedSeries.ts";

/** One line: a measure in all languages or in some of them. */
export interface ResponseGroup {
  readonly id: string;
  readonly label: string;
  readonly end?: string; // at the line's end, where it is shorter
  readonly seeds: readonly {
    readonly seed: number;
    readonly values: readonly (number | undefined)[]; // one of each value of the factor
  }[];
}

interface ResponseProps {
  readonly title: string;
  readonly factor: string; // "Share of mono"
  readonly values: readonly (number | string)[]; // of the factor, ascending
  readonly factorText?: (value: number) => string; // left out: four digits
  readonly groups: readonly ResponseGroup[];
  readonly lowerIsBetter: boolean;
  readonly valueHead: string;
  readonly valueText: NumberText;
  readonly sample: string;
}

export function responsePicture({
  factor,
  values,
  groups,
  factorText = tableText,
  ...props
}: ResponseProps): LinesPicture {
  const { title, lowerIsBetter, valueHead, valueText, sample } = props;
  const places = responsePlaces(values);
  const text = (x: number) => {
    const value = places.valueAt(x);
    return typeof value === "number" ? factorText(value) : value;
  };
  const series = seedSeries(
    groups.map(({ id, label, end, seeds }): SeedTraces => ({
      id,
      label,
      end,
      traces: seeds.map(({ seed, values: own }) => {
        const there = own.flatMap((value, i) => (value === undefined ? [] : [{ x: places.at[i]!, value }]));
        const steps = there.map(({ x }) => x);
        return { seed, line: { steps, values: there.map(({ value }) => value), length: there.length } };
      }),
    })),
  );
  return {
    kind: "lines",
    title,
    series,
    axis: { head: factor, text, ticks: places.ticks },
    valueHead,
    valueText,
    sample,
    xMax: places.end,
    yFrom: "data",
    legend: series.length > 1,
    description: seedsDescription(lowerIsBetter),
    empty: "The curve appears here as cells finish.",
  };
}
