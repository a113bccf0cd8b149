// The few numbers a run is known by: where each key metric started and where it is now.
import type { Point } from "./point.ts";

export const KEY_METRICS = [
  "map/mono",
  "map/cross",
  "map/multi",
  "rankDistance",
  "sameLanguageShare",
  "sameLanguageBase",
] as const;
export type KeyMetric = (typeof KEY_METRICS)[number];

export interface Change {
  readonly before?: number; // at step 0: by the weights before training
  readonly now: number;
  readonly step: number; // of `now`
}

export type RunSummary = Readonly<Partial<Record<KeyMetric, Change>>>;

const isKeyMetric = (metric: string): metric is KeyMetric => KEY_METRICS.some((key) => key === metric);

/** The summary with `points` taken in; per-language points are passed over. Returns the same object if none count. */
export function updateSummary(summary: RunSummary, points: readonly Point[]): RunSummary {
  let next = summary;
  for (const { metric, step, value, lang } of points) {
    if (lang !== undefined || !isKeyMetric(metric)) continue;
    const before = step === 0 ? value : next[metric]?.before;
    next = { ...next, [metric]: { ...(before !== undefined && { before }), now: value, step } };
  }
  return next;
}
