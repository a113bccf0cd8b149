// Names of a chart's lines with their latest value where there is one; pressing one hides its line, pointing at one brings it forward.
import { hoverEnd } from "../controls/hoverEnd.ts";
import { MixGlyph } from "./MixGlyph.tsx";
import { Swatch } from "./Swatch.tsx";
import type { ChartSeries } from "./chartSeries.ts";
import type { NumberText } from "../words/numberText.ts";

interface LegendProps {
  readonly series: readonly ChartSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly valueText?: NumberText | undefined; // left out: the last point of a line is not its latest
  readonly onToggle: (id: string) => void;
  readonly onMark: (id: string | undefined) => void;
}

export function Legend({ series, hidden, valueText, onToggle, onMark }: LegendProps) {
  const listed = series.filter(({ unlisted, upTo }) => !unlisted && upTo === undefined);
  return (
    <ul className="legend" data-many={listed.length > 20 || undefined}>
      {listed.map((one) => {
        const last = one.line.values[one.line.length - 1];
        return (
          <li key={one.id}>
            <button
              type="button"
              aria-pressed={!hidden.has(one.id)}
              title={hidden.has(one.id) ? "Show this line" : "Hide this line"}
              onClick={() => onToggle(one.id)}
              onPointerEnter={() => onMark(one.id)}
              onPointerLeave={hoverEnd(() => onMark(undefined))}
              onFocus={() => onMark(one.id)}
              onBlur={() => onMark(undefined)}
            >
              <Swatch {...one} />
              {one.mix && <MixGlyph spec={one.mix} />}
              <span {...(one.lang !== undefined && { lang: one.lang })}>{one.label}</span>
              <b>{last !== undefined && valueText?.(last)}</b>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
