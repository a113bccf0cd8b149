// The numbers of a run as it was recorded beside those of the same run made again. Judges nothing (compareRuns.ts).
import type { ResultTable } from "../export/resultTable.ts";
import { EVAL_METRICS } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import type { RunRecord } from "../record/runRecord.ts";

export function besideTable(recorded: RunRecord, here: RunRecord): ResultTable {
  return {
    caption: `Means over languages at the end of each, one seed (${recorded.spec.seed}). Recorded on ${recorded.environment.adapter}; here on ${here.environment.adapter}.`,
    columns: ["Measure", "Recorded", "Here"],
    rows: EVAL_METRICS.flatMap((metric) => {
      const [a, b] = [recorded, here].map(({ final }) => final.values[metric.path]);
      const text = (value: number | null | undefined) =>
        value === null || value === undefined ? "–" : cellText(metric, value);
      return metric.tile && (a ?? b ?? undefined) !== undefined
        ? [[metric.plain ?? metric.label, text(a), text(b)]]
        : [];
    }),
  };
}
