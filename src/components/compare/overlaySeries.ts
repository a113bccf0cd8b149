// The lines of a comparison: for each group its mean with a band, and its seeds faint behind it. Pure; knows no component.
import { findColumn } from "../../core/record/pointColumns.ts";
import { groupLines } from "../../core/series/groupLines.ts";
import { detailOf } from "../../state/run/run.ts";
import type { ChartSeries } from "../charts/chartSeries.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { parentColumn, parentPart } from "../results/branchSeries.ts";
import type { RunGroup } from "./groups.ts";

/** @param lang of a metric that languages have too; left out: the mean over languages */
export function overlaySeries(groups: readonly RunGroup[], metric: string, lang?: string): ChartSeries[] {
  return groups.flatMap(({ id, label, runs, colour }): ChartSeries[] => {
    const seeds = runs.flatMap((run) => {
      const line = findColumn(detailOf(run).points, metric, lang);
      return line ? [{ run, line }] : [];
    });
    if (seeds.length === 0) return [];
    const shown = { id: `${id}/${metric}`, label, ...lineLook(colour) };
    const { mean, band } = groupLines(seeds.map(({ line }) => line));
    const [only] = seeds;
    const before = seeds.length === 1 ? parentColumn(only!.run, metric, lang) : undefined;
    const traces = seeds.length === 1 ? [] : seeds;
    return [
      ...traces.map(({ run, line }) => ({
        ...shown,
        id: `${shown.id}/seed ${run.spec.seed}`,
        line,
        faint: true,
        thin: true,
        unlisted: true,
      })),
      ...(before ? [parentPart(only!.run, shown, { before, after: only!.line })] : []),
      { ...shown, line: mean, ...(band && { band }) },
    ];
  });
}
