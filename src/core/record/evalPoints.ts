// An evaluation's result as points of a run, under the metric paths of docs/metrics.md.
import type { EvalResult } from "../metrics/evaluation.ts";
import { evalMetrics, queryMetrics } from "../metrics/metricTable.ts";
import type { Point } from "./point.ts";

/**
 * Undefined means (null) make no point. Languages have points of what is kept of queries. The order is part of the digest.
 * @param step training steps done before the evaluation
 * @param cuts that were asked for
 */
export function evalPoints(
  { values, perLanguage }: EvalResult,
  step: number,
  cuts: readonly string[],
): Point[] {
  const points: Point[] = [];
  for (const { path: metric } of evalMetrics(cuts)) {
    const value = values[metric] ?? null;
    if (value !== null) points.push({ step, metric, value });
  }
  for (const [lang, own] of Object.entries(perLanguage)) {
    for (const { path: metric } of queryMetrics(cuts)) {
      const value = own.values[metric] ?? null;
      if (value !== null) points.push({ step, metric, value, lang });
    }
  }
  return points;
}
