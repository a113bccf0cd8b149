// What a chart says at one step: every line's value there, or the last one before it.
import { seriesAt, type ChartSeries, type LineAxis } from "./chartSeries.ts";
import { fitting } from "./lineTicks.ts";
import { Swatch } from "./Swatch.tsx";
import { countText, type NumberText } from "../words/numberText.ts";

const MAX_ROWS = 14;

interface ChartTooltipProps {
  readonly step: number;
  readonly axis: LineAxis | undefined; // left out: steps
  readonly series: readonly ChartSeries[];
  readonly valueText: NumberText;
}

export function ChartTooltip({ step, axis, series, valueText }: ChartTooltipProps) {
  const rows = series
    .filter(({ unlisted, upTo = Infinity }) => !unlisted && step <= upTo)
    .flatMap((one) => {
      const at = seriesAt(one, step);
      return at ? [{ one, at }] : [];
    });
  if (series.length > 5) rows.sort((a, b) => b.at.value - a.at.value);
  return (
    <div className="chartTip" role="status">
      <p className="chartTip-step">{axis ? `${axis.head} ${axis.text(step)}` : `Step ${countText(step)}`}</p>
      <ul>
        {fitting(rows, MAX_ROWS).map(({ one, at }) => (
          <li key={one.id}>
            <Swatch {...one} />
            <span className="chartTip-label">{one.label}</span>
            <b>{valueText(at.value)}</b>
            {at.step !== step && (
              <span className="chartTip-old">at {(axis?.text ?? countText)(at.step)}</span>
            )}
          </li>
        ))}
      </ul>
      {rows.length > MAX_ROWS && (
        <p className="chartTip-old">and {rows.length - MAX_ROWS} more in the table</p>
      )}
    </div>
  );
}
