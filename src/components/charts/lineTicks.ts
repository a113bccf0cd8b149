// Ticks of a line chart's axes, and which of its lines lies on top. Draws nothing.
import type { LinePoint } from "../../core/series/decimate.ts";
import { niceTicks } from "../../core/series/niceTicks.ts";
import type { ChartSeries } from "./chartSeries.ts";

const MOST_TICKS = 6; // beside the lines
const TICK_GAP = 15; // pixels from one to the next, at least

/** Around all points. @param height of the plot area, pixels */
export function valueTicks(
  lines: readonly (readonly LinePoint[])[],
  yFrom: "zero" | "data",
  height: number,
): number[] {
  let lowest = yFrom === "zero" ? 0 : Infinity;
  let highest = 0;
  for (const points of lines) {
    for (const { value } of points) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  const most = Math.max(2, Math.min(MOST_TICKS, 1 + Math.floor(height / TICK_GAP)));
  return niceTicks(Math.min(lowest, highest), highest, most);
}

/** Whole steps from 0. */
export const stepTicks = (xMax: number): number[] =>
  niceTicks(0, xMax, 7).filter((step) => step <= xMax && Number.isInteger(step));

/** Faint lines first, the marked one last. */
export const inFront = (series: readonly ChartSeries[], marked: string | undefined): ChartSeries[] => {
  const rank = (one: ChartSeries) => (one.id === marked ? 2 : one.faint ? 0 : 1);
  return series.toSorted((a, b) => rank(a) - rank(b));
};

export const faintLast = (a: ChartSeries, b: ChartSeries): number =>
  Number(a.faint ?? false) - Number(b.faint ?? false);

/** As many rows as there is room for, in their order: faint lines have what the others leave. */
export function fitting<R extends { readonly one: ChartSeries }>(rows: readonly R[], room: number): R[] {
  const shown = new Set(rows.toSorted((a, b) => faintLast(a.one, b.one)).slice(0, room));
  return rows.filter((row) => shown.has(row));
}
