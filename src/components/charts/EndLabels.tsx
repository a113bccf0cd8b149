// The names of a chart's lines at their ends, spread so that none covers another. What has no room there is in the legend.
import { spreadLabels } from "../../core/series/spreadLabels.ts";
import type { ChartSeries } from "./chartSeries.ts";
import { markerPath } from "../../core/picture/lineLook.ts";
import { placeIn, type PlotFrame } from "./plotFrame.ts";

const GAP = 13; // pixels from label to label
const SIZE = 11; // of the letters
const LETTER = 6; // their mean width
const AHEAD = 20; // from the plot to the first letter
const HALF_STEP = 16; // half of the last number below it
const MOST = 1 / 3; // of the chart’s width: thirteen letters in one column of a paper

/** Lines that are named at their ends: one alone is named by the title. */
export function namedLines(series: readonly ChartSeries[]): readonly ChartSeries[] {
  const named = series.filter(
    ({ unlisted, upTo, faint, line }) => !unlisted && !faint && upTo === undefined && line.length > 0,
  );
  return named.length > 1 ? named : [];
}

const textOf = ({ end, label }: ChartSeries) => end ?? label;

/**
 * Pixels to the right of the plot that the labels of these lines need.
 * @param width of the whole chart
 * @param scale of the letters
 */
export function labelsWidth(series: readonly ChartSeries[], width: number, scale = 1): number {
  const letters = Math.max(0, ...namedLines(series).map((one) => textOf(one).length));
  const needed = AHEAD + letters * LETTER * scale + 4;
  return letters === 0 ? HALF_STEP : Math.min(Math.ceil(needed), Math.floor(MOST * width));
}

interface EndLabelsProps {
  readonly series: readonly ChartSeries[]; // the first ones are named where there is no room for all
  readonly frame: PlotFrame;
  readonly room: number; // pixels to the right of the plot
  readonly marked: string | undefined;
  readonly scale?: number | undefined; // of the letters
}

export function EndLabels({ series, frame, room, marked, scale = 1 }: EndLabelsProps) {
  const [gap, size, letter] = [GAP * scale, SIZE * scale, LETTER * scale];
  const named = namedLines(series);
  const nameable = Math.floor(frame.height / gap) + 1;
  const first = named.filter(({ id }) => id === marked);
  const kept = [...first, ...named.filter(({ id }) => id !== marked)].slice(0, nameable);
  const place = placeIn(frame);
  const ends = kept.map((one) => {
    const last = one.line.length - 1;
    return { one, x: place.x(one.line.steps[last]!), y: place.y(one.line.values[last]!) };
  });
  const places = spreadLabels(
    ends.map(({ y }) => y),
    gap,
    frame.y,
    frame.y + Math.max(frame.height, (kept.length - 1) * gap),
  );
  const right = frame.x + frame.width;
  const letters = Math.floor((room - AHEAD) / letter);
  return (
    <g className="endLabels" fontSize={size}>
      {ends.map(({ one, x, y }, i) => {
        const at = places[i]!;
        const text = textOf(one);
        return (
          <g key={one.id} opacity={marked === undefined || one.id === marked ? 1 : 0.45}>
            <path
              d={`M${x.toFixed(1)},${y.toFixed(1)}H${right + 2}L${right + 8},${at.toFixed(1)}`}
              fill="none"
              stroke={one.colour}
              strokeOpacity={0.45}
              strokeDasharray="1 3"
            />
            {one.marker && (
              <path
                d={markerPath(one.marker, right + 12, at, 3.5)}
                fill={one.hollow ? "var(--card)" : one.colour}
                stroke={one.colour}
                strokeWidth={1.25}
              />
            )}
            <text x={right + AHEAD} y={at + size * 0.36} fill="var(--ink)">
              {text.length > letters ? `${text.slice(0, Math.max(1, letters - 1))}…` : text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
