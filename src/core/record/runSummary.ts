// The numbers a run is listed with: where each metric started and where it is now.
import { cutMetric } from "../metrics/cuts.ts";
import { isStanding, shownIn } from "../metrics/metricTable.ts";
import type { Point } from "./point.ts";

/** Paths of the metrics a run is known by. */
export const KEY_METRICS = shownIn("summary").map(({ path }) => path);

/** Those, and of cuts what somebody asked for. */
export const isKey = (metric: string) =>
  KEY_METRICS.includes(metric) || (!isStanding(metric) && cutMetric(metric) !== undefined);

export interface Change {
  readonly before?: number; // by the weights before training, or those that a branch began with
  readonly now: number;
  readonly step: number; // of `now`
}

/** By metric path. */
export type RunSummary = Readonly<Record<string, Change>>;

/**
 * The summary with `points` taken in; per-language points are passed over. Returns the same object if none count.
 * @param first the step before which the run trained nothing: 0, or where it branched off
 */
export function updateSummary(summary: RunSummary, points: readonly Point[], first = 0): RunSummary {
  let next: Record<string, Change> | undefined;
  for (const { metric, step, value, lang } of points) {
    if (lang !== undefined || metric.startsWith("ratio/")) continue; // the spec says that
    next ??= { ...summary };
    const before = step === first ? value : next[metric]?.before;
    next[metric] = { ...(before !== undefined && { before }), now: value, step };
  }
  return next ?? summary;
}
