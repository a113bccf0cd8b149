// An evaluation's result as points of a run, under the metric paths of docs/metrics.md.
import type { EvalResult } from "../metrics/evaluation.ts";
import { byAge, EVAL_METRICS } from "../metrics/metricTable.ts";
import type { Point } from "./point.ts";

/** Languages have points of what is kept of queries. The order of points is part of the digest. */
const BY_LANGUAGE = byAge(EVAL_METRICS).filter(({ kept }) => kept === "query");

/** @param step training steps done before the evaluation. Undefined means (null) make no point. */
export function evalPoints({ values, perLanguage }: EvalResult, step: number): Point[] {
  const points: Point[] = [];
  for (const { path: metric } of EVAL_METRICS) {
    const value = values[metric] ?? null;
    if (value !== null) points.push({ step, metric, value });
  }
  for (const [lang, own] of Object.entries(perLanguage)) {
    for (const { path: metric } of BY_LANGUAGE) {
      const value = own.values[metric] ?? null;
      if (value !== null) points.push({ step, metric, value, lang });
    }
  }
  return points;
}
