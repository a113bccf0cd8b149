// An evaluation's result as points of a run, under the metric paths of docs/metrics.md.
import type { EvalResult, LanguageResult } from "../metrics/evaluation.ts";
import type { Point } from "./point.ts";

const PER_LANGUAGE: readonly [string, keyof LanguageResult][] = [
  ["map/mono", "mono"],
  ["map/cross", "cross"],
  ["map/multi", "multi"],
  ["rankDistance", "rankDistance"],
  ["sameLanguageShare", "sameLanguageShare"],
  ["ndcg@10/mono", "ndcg10"],
];

/** @param step training steps done before the evaluation. Undefined means (null) make no point. */
export function evalPoints(result: EvalResult, step: number): Point[] {
  const means: [string, number | null][] = [
    ["map/mono", result.map.mono],
    ["map/cross", result.map.cross],
    ["map/multi", result.map.multi],
    ...Object.entries(result.recall),
    ...Object.entries(result.ndcg ?? {}),
    ["rankDistance", result.rankDistance],
    ["maxAtR", result.maxAtR],
    ["sameLanguageShare", result.sameLanguageShare],
    ["sameLanguageBase", result.sameLanguageBase],
  ];
  const points: Point[] = means.flatMap(([metric, value]) =>
    value === null ? [] : [{ step, metric, value }],
  );
  for (const [lang, own] of Object.entries(result.perLanguage)) {
    for (const [metric, key] of PER_LANGUAGE) {
      const value = own[key];
      if (value !== null && value !== undefined) points.push({ step, metric, value, lang });
    }
  }
  return points;
}
