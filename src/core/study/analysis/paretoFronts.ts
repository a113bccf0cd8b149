// Pairs of measures that pull against each other, and the cells that no other beats in both. By means; judges no difference.
import { findMetric, type MetricPath } from "../../metrics/metricTable.ts";
import { paretoFront } from "../stats/pareto.ts";
import type { MetricAnalysis, ParetoFront } from "./studyAnalysis.ts";

/** Own language against another; quality against bias. */
const PAIRS: readonly (readonly [MetricPath, MetricPath])[] = [
  ["map/mono", "map/cross"],
  ["map/cross", "sameLanguageShare"],
  ["map/multi", "sameLanguageShare"],
];

/** Of the pairs in which at least two cells have both measures. */
export function paretoFronts(metrics: readonly MetricAnalysis[]): ParetoFront[] {
  const lessIsBetter = (path: string) => findMetric(path)?.better === "lower";
  return PAIRS.flatMap(([first, second]): ParetoFront[] => {
    const [a, b] = [first, second].map((path) => metrics.find(({ metric }) => metric === path)?.rows ?? []);
    const cells = a!.flatMap(({ cell, mean }) => {
      const other = b!.find((row) => row.cell === cell);
      return other ? [{ cell, means: [mean, other.mean] as const }] : [];
    });
    if (cells.length < 2) return [];
    const isOn = paretoFront(
      cells.map(({ means }) => means),
      [lessIsBetter(first), lessIsBetter(second)],
    );
    return [{ metrics: [first, second], cells: cells.flatMap(({ cell }, i) => (isOn[i] ? [cell] : [])) }];
  });
}
