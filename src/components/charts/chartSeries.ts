// What a line chart is given: named lines with a look. Knows no run and no metric.
import { smooth, type Line } from "../../core/series/decimate.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { LineLook } from "../../core/picture/lineLook.ts";
import { valueAt, type Column } from "../../core/record/pointColumns.ts";

export interface ChartSeries extends LineLook {
  readonly id: string;
  readonly label: string;
  readonly line: Line; // the same object as long as it has no new points: charts redraw on its identity
  readonly hollow?: boolean; // its marks: of a language that is held out
  readonly mix?: ExperimentSpec | undefined; // of its run, where the legend tells runs apart
  readonly end?: string; // its label at the line's end, where that is shorter
  readonly thin?: boolean;
  readonly faint?: boolean; // drawn behind the others, half transparent
  readonly unlisted?: boolean; // in neither legend nor tooltip: the raw line behind a smoothed one
  readonly upTo?: number; // ends at this step, where the line of the same legend entry goes on: a branch's parent
  readonly lang?: string; // of the label
  readonly band?: { readonly low: Line; readonly high: Line }; // an interval around the line, at its steps
}

/** A step that a chart marks, with a word. */
export interface StepMark {
  readonly step: number;
  readonly label: string;
}

/** What a chart's lines run along, where that is not the steps of training. The same object while it is the same. */
export interface LineAxis {
  readonly head: string; // "Share of mono"
  readonly text: (x: number) => string;
  readonly ticks: readonly number[]; // of 0 to xMax
}

export const EMPTY_LINE: Line = { steps: [], values: [], length: 0 };

export const HALF_LIFE = 10; // steps; stated wherever a smoothed line is drawn

const smoothed = new WeakMap<Column, Line>();

/** The smoothed line of a column, made once per column. */
export function smoothedLine(column: Column): Line {
  const known = smoothed.get(column);
  if (known) return known;
  const line = smooth(column, HALF_LIFE);
  smoothed.set(column, line);
  return line;
}

/** Value of a series at a step, or at the last one before it. */
export function seriesAt({ line }: ChartSeries, step: number) {
  return valueAt({ metric: "", ...line }, step);
}

/** The id under which the legend has a line: parts of it have their name behind a slash. */
export const listedId = (id: string): string => id.replace(/(\/(raw|parent))+$/, "");

export const sameMarks = (a: readonly StepMark[], b: readonly StepMark[]): boolean =>
  a.length === b.length && a.every(({ step, label }, i) => step === b[i]!.step && label === b[i]!.label);

/** Whether a chart of `a` is also a chart of `b`. */
export function sameSeries(a: readonly ChartSeries[], b: readonly ChartSeries[]): boolean {
  const keys = [
    "id",
    "label",
    "end",
    "mix",
    "colour",
    "dash",
    "marker",
    "hollow",
    "thin",
    "faint",
    "unlisted",
    "upTo",
    "band",
  ] as const;
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i]!;
      const { line } = one;
      const sameLine = line === other.line || (line.length === 0 && other.line.length === 0);
      return sameLine && keys.every((key) => one[key] === other[key]);
    })
  );
}

/** All steps at which some series has a point, ascending. */
export function stepsOf(series: readonly ChartSeries[]): number[] {
  const steps = new Set<number>();
  for (const { line } of series) for (let i = 0; i < line.length; i++) steps.add(line.steps[i]!);
  return [...steps].sort((a, b) => a - b);
}

/** Rows of the data table: step, then one value per series or null where it has no point at that step. */
export function* seriesRows(series: readonly ChartSeries[], steps: readonly number[]) {
  for (const step of steps) {
    yield [step, ...series.map((one) => exactValue(one, step))] as const;
  }
}

/** @returns null where the series has no point at that very step */
export function exactValue(series: ChartSeries, step: number): number | null {
  const found = seriesAt(series, step);
  return found?.step === step ? found.value : null;
}

/** At most `limit` of `items`, evenly spread, first and last among them. */
export function evenly<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, i) => items[Math.round((i * (items.length - 1)) / (limit - 1))]!);
}
