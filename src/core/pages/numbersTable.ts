// The numbers a run is judged by, before training and at its end. Computes none.
import type { ResultTable } from "../export/resultTable.ts";
import { EVAL_METRICS } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { updateSummary } from "../record/runSummary.ts";
import type { Intervals } from "../stats/bootstrap.ts";

export function numbersTable(
  { points, parent, spec }: RunRecord,
  intervals: Intervals | undefined,
): ResultTable {
  const summary = updateSummary({}, points, parent?.step);
  const rows = EVAL_METRICS.flatMap((metric) => {
    const { before, now } = summary[metric.path] ?? {};
    if (!metric.tile || now === undefined) return [];
    const text = (value: number) => cellText(metric, value);
    const interval = intervals?.[metric.path]?.overall;
    return [
      [
        [
          `${metric.plain ?? metric.label}${metric.short === undefined ? "" : ` (${metric.short})`}`,
          `${metric.better} is better`,
        ] as const,
        before === undefined ? "–" : text(before),
        interval ? ([text(now), `[${text(interval.low)}, ${text(interval.high)}]`] as const) : text(now),
      ],
    ];
  });
  const brackets = intervals
    ? " Brackets: 95 % interval over questions; it says nothing of other seeds."
    : "";
  return {
    caption: `Means over languages, one seed (${spec.seed}).${brackets}`,
    columns: ["Measure", parent ? `Step ${parent.step}` : "Before training", "Now"],
    rows,
  };
}
