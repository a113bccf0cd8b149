// The few numbers a run is known by: where each key metric started and where it is now.
import { cutMetric } from "../metrics/cuts.ts";
import { isStanding, shownIn } from "../metrics/metricTable.ts";
import type { Point } from "./point.ts";

/** Paths of the metrics that are kept with every run in the list. */
export const KEY_METRICS = shownIn("summary").map(({ path }) => path);

/** Of cuts those that somebody asked for. */
const isKept = (metric: string) =>
  KEY_METRICS.includes(metric) || (!isStanding(metric) && cutMetric(metric) !== undefined);

export interface Change {
  readonly before?: number; // at step 0: by the weights before training
  readonly now: number;
  readonly step: number; // of `now`
}

/** By metric path. */
export type RunSummary = Readonly<Record<string, Change>>;

/** The summary with `points` taken in; per-language points are passed over. Returns the same object if none count. */
export function updateSummary(summary: RunSummary, points: readonly Point[]): RunSummary {
  let next = summary;
  for (const { metric, step, value, lang } of points) {
    if (lang !== undefined || !isKept(metric)) continue;
    const before = step === 0 ? value : next[metric]?.before;
    next = { ...next, [metric]: { ...(before !== undefined && { before }), now: value, step } };
  }
  return next;
}
