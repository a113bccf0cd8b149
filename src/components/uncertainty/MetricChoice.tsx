// The metric that bars show, to choose. Offers those for which values of single questions are kept.
import { QUERY_METRICS, type QueryValues } from "../../core/stats/queryValues.ts";
import { metricName } from "./intervalWords.ts";

interface MetricChoiceProps {
  readonly value: string; // metric path
  readonly values: QueryValues | undefined; // of the run; until it has them, those that any run keeps are offered
  readonly onChange: (metric: string) => void;
}

export function MetricChoice({ value, values, onChange }: MetricChoiceProps) {
  const paths = values ? Object.keys(values.values) : QUERY_METRICS;
  return (
    <select
      className="select"
      aria-label="Measure"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {paths.map((path) => (
        <option key={path} value={path}>
          {metricName(path)}
        </option>
      ))}
    </select>
  );
}
