// The metric that bars show, to choose. Offers those for which values of single questions are kept.
import { QUERY_METRICS, type QueryMetric } from "../../core/stats/queryValues.ts";
import { METRIC_WORDS } from "./intervalWords.ts";

interface MetricChoiceProps {
  readonly value: QueryMetric;
  readonly onChange: (metric: QueryMetric) => void;
}

export function MetricChoice({ value, onChange }: MetricChoiceProps) {
  return (
    <select
      className="select"
      aria-label="Measure"
      value={value}
      onChange={({ target }) => onChange(QUERY_METRICS.find((metric) => metric === target.value) ?? value)}
    >
      {QUERY_METRICS.map((metric) => (
        <option key={metric} value={metric}>
          {METRIC_WORDS[metric].label}
        </option>
      ))}
    </select>
  );
}
