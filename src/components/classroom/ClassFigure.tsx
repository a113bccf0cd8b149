// All results of a class over the steps: of each recipe its mean over seeds, the band around it, each result faint.
import { useMemo, useState } from "react";
import { resultColumn, type ClassGroup } from "../../core/classroom/classResults.ts";
import { counted } from "../../core/counted.ts";
import { shownIn } from "../../core/metrics/metricTable.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { groupLines } from "../../core/series/groupLines.ts";
import { LEAST_SCATTER } from "../../core/series/interval.ts";
import type { ChartSeries } from "../charts/chartSeries.ts";
import { LineFigure } from "../charts/LineFigure.tsx";
import { PictureOriginContext } from "../charts/pictureOrigin.ts";
import { lowerIsBetter, metricName, metricWords } from "../uncertainty/intervalWords.ts";

const MEASURES = shownIn("list").map(({ path }) => path);

function seriesOf(groups: readonly ClassGroup[], metric: string): ChartSeries[] {
  return groups.flatMap(({ code, label, results, seeds }, i): ChartSeries[] => {
    const look = { label, ...lineLook(i) };
    const lines = seeds.flatMap((seed) => resultColumn(seed, metric) ?? []);
    if (lines.length === 0) return [];
    const { mean, band } = groupLines(lines);
    const traces = results.length === 1 ? [] : results;
    return [
      ...traces.flatMap((result, k): ChartSeries[] => {
        const line = resultColumn(result, metric);
        const faint = { faint: true, thin: true, unlisted: true };
        return line ? [{ ...look, id: `${i} ${code}/${k}`, line, ...faint }] : [];
      }),
      { ...look, id: `${i} ${code}`, line: mean, ...(band && { band }) },
    ];
  });
}

export function ClassFigure({ groups }: { readonly groups: readonly ClassGroup[] }) {
  const [metric, setMetric] = useState("map/cross");
  const series = useMemo(() => seriesOf(groups, metric), [groups, metric]);
  const xMax = Math.max(1, ...series.map(({ line }) => line.steps[line.length - 1] ?? 0));
  const results = groups.reduce((n, group) => n + group.results.length, 0);
  const { label, text } = metricWords(metric);
  const origin = useMemo(
    () => ({
      names: ["class"],
      recipe: (title: string) => ({
        title,
        recipes: groups.map(({ code, label: name, results: own }) => ({
          code,
          name,
          digests: own.map(({ record }) => record.digest),
        })),
      }),
    }),
    [groups],
  );
  return (
    <PictureOriginContext value={origin}>
      <LineFigure
        title={label}
        description={`Thick: the mean of a recipe over its seeds; faint: each result. ${lowerIsBetter(metric) ? "Lower" : "Higher"} is better.`}
        series={series}
        xMax={xMax}
        yFrom="data"
        legend={false} // recipes are named at their lines' ends, and in the table below
        valueHead={label}
        valueText={text}
        sample={`${counted(results, "result")}: ${groups.map(({ label: name, seeds }) => `${name}, ${counted(seeds.length, "seed")}`).join("; ")}. Band: 95 % interval of the mean over seeds (Student’s t), from ${LEAST_SCATTER} seeds on.`}
        empty="These results have no such measure."
        controls={
          <select
            className="select"
            aria-label="Measure"
            value={metric}
            onChange={({ target }) => setMetric(target.value)}
          >
            {MEASURES.map((path) => (
              <option key={path} value={path}>
                {metricName(path)}
              </option>
            ))}
          </select>
        }
      />
    </PictureOriginContext>
  );
}
