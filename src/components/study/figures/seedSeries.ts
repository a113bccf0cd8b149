// Lines of a chart from values of single seeds: the mean with its band, each seed faint behind it. Pure; knows no study.
import type { Line } from "../../../core/series/decimate.ts";
import { groupLines } from "../../../core/series/groupLines.ts";
import { LEAST_SCATTER } from "../../../core/series/interval.ts";
import type { ChartSeries } from "../../charts/chartSeries.ts";
import { lineLook } from "../../../core/picture/lineLook.ts";

/** What one line of a chart is the mean of. */
export interface SeedTraces {
  readonly id: string;
  readonly label: string;
  readonly end?: string | undefined; // at the line's end, where it is shorter
  readonly traces: readonly { readonly seed: number; readonly line: Line }[]; // at least one
}

/** @param groups the place of a group is its look */
export const seedSeries = (groups: readonly SeedTraces[]): ChartSeries[] =>
  groups.flatMap(({ id, label, end, traces }, i): ChartSeries[] => {
    const shown = { id, label, ...(end !== undefined && { end }), ...lineLook(i) };
    const { mean, band } = groupLines(traces.map(({ line }) => line));
    const faint = traces.length === 1 ? [] : traces;
    return [
      ...faint.map(({ seed, line }) => ({
        ...shown,
        id: `${id}/seed ${seed}`,
        line,
        faint: true,
        thin: true,
        unlisted: true,
      })),
      { ...shown, line: mean, ...(band && { band }) },
    ];
  });

/** What such a chart shows. */
export const seedsDescription = (lowerIsBetter: boolean): string =>
  `Thick: the mean over seeds; band: its 95 % interval, from ${LEAST_SCATTER} seeds on; faint: single seeds. ${lowerIsBetter ? "Lower" : "Higher"} is better.`;
