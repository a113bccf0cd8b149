// The few numbers for which the list of runs has room, under their short names. Formats none itself.
import type { ReactNode } from "react";
import type { EvalMetric } from "../../core/metrics/metric.ts";
import { shownIn } from "../../core/metrics/metricTable.ts";

interface ListNumbersProps {
  readonly value: (metric: EvalMetric) => ReactNode; // undefined: not measured
}

export function ListNumbers({ value }: ListNumbersProps) {
  return (
    <dl className="runItem-numbers">
      {shownIn("list").map((metric) => (
        <div key={metric.path} title={metric.plain}>
          <dt>{metric.short}</dt>
          <dd>{value(metric) ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
