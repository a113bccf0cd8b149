// The drawing of a line chart by recharts: thinned to the screen, redrawn only when a line has new points.
import { memo, useState, type RefObject } from "react";
import {
  CartesianGrid,
  Line as Stops,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { decimateMinMax, type Line, type LinePoint } from "../../core/series/decimate.ts";
import { NUMBERS_ROOM, TITLE_ROOM, TitleAbove, titleBelow } from "./axisTitles.tsx";
import { ChartTooltip } from "./ChartTooltip.tsx";
import {
  evenly,
  sameMarks,
  sameSeries,
  type ChartSeries,
  type LineAxis,
  type StepMark,
} from "./chartSeries.ts";
import { labelsWidth } from "./EndLabels.tsx";
import { inFront, stepTicks, valueTicks } from "./lineTicks.ts";
import { Curves } from "./Curves.tsx";
import { useTextScale } from "./useTextScale.ts";
import { countText, type NumberText } from "../words/numberText.ts";

/** Points of all lines together; recharts slows down beyond about 8,000. */
const POINT_BUDGET = 5000;
const MAX_BUCKETS = 400; // about half the pixels of a wide chart

const known = new WeakMap<Line, { buckets: number; points: readonly LinePoint[] }>();

const ABOVE = 6; // pixels between the upright axis' name and the lines
const NAMED_FROM = 132; // px high: below, the lines need the room of the axes' names, which the chart's title says, too
const FIRST_SIZE = { width: 480, height: 240 }; // until the page has measured

/** The line as it is drawn, made once as long as it has no new points. */
function thinned(line: Line, buckets: number): readonly LinePoint[] {
  const last = known.get(line);
  if (last?.buckets === buckets) return last.points;
  const points = decimateMinMax(line, buckets);
  known.set(line, { buckets, points });
  return points;
}

export interface LinePlotProps {
  readonly title: string; // read out
  readonly series: readonly ChartSeries[];
  readonly xMax: number;
  readonly axis?: LineAxis | undefined; // left out: steps
  readonly yFrom: "zero" | "data";
  readonly valueHead: string; // what the values are
  readonly tickText: NumberText;
  readonly valueText: NumberText;
  readonly marked?: string | undefined; // id of the line to bring forward
  readonly marks: readonly StepMark[];
  readonly onStep: (step: number) => void; // the same function always
  readonly readAtRef: RefObject<number | undefined>; // holds the step at which the chart is being read
}

function Plot({
  title,
  series,
  xMax,
  axis,
  yFrom,
  valueHead,
  tickText,
  valueText,
  marked,
  marks,
  readAtRef,
  onStep,
}: LinePlotProps) {
  const buckets = Math.max(
    40,
    Math.min(MAX_BUCKETS, Math.floor(POINT_BUDGET / 2 / Math.max(1, series.length))),
  );
  const lines = series.map(({ line }) => thinned(line, buckets));
  const bands = series.flatMap(({ band }) => (band ? [band.low, band.high] : []));
  const shown = [...lines, ...bands.map((line) => thinned(line, buckets))];
  const [{ width, height }, setSize] = useState(FIRST_SIZE);
  const scale = useTextScale();
  const isNamed = height >= NAMED_FROM * scale;
  const titleRoom = isNamed ? TITLE_ROOM * scale : 0;
  const yTicks = valueTicks(shown, yFrom, height - ABOVE - NUMBERS_ROOM - 2 * titleRoom);
  const xTicks = axis?.ticks ?? stepTicks(xMax);
  const room = labelsWidth(series, width, scale);
  const drawn = inFront(series, marked);
  return (
    <ResponsiveContainer
      width="100%"
      height="100%"
      initialDimension={FIRST_SIZE}
      onResize={(width, height) => setSize({ width, height })}
    >
      <LineChart
        margin={{ top: ABOVE + titleRoom, right: room, bottom: 0, left: 0 }}
        title={title}
        accessibilityLayer
        onClick={({ activeLabel }) => activeLabel !== undefined && onStep(Number(activeLabel))}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" strokeDasharray="2 3" />
        <XAxis
          dataKey="step"
          type="number"
          domain={[0, xMax]}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          tickFormatter={axis?.text ?? countText}
          ticks={xTicks}
          interval="equidistantPreserveStart"
          minTickGap={20}
          height={NUMBERS_ROOM + titleRoom}
          {...(isNamed && { label: titleBelow(axis?.head ?? "Step", scale) })}
        />
        <YAxis
          width={52}
          domain={[yTicks[0]!, yTicks.at(-1)!]}
          ticks={yTicks}
          interval={0}
          tickLine={false}
          axisLine={false}
          tickFormatter={tickText}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--ink-soft)", strokeDasharray: "3 3" }}
          wrapperStyle={{ zIndex: 5, outline: "none" }}
          content={({ active, label }) =>
            active && typeof label === "number" ? (
              <ChartTooltip step={label} {...{ axis, series, valueText }} />
            ) : null
          }
        />
        {/* Drawn by nothing: recharts' tooltip and arrow keys stop at the points of its own lines only. */}
        <Stops
          data={stopsOf(lines, yTicks[0]!)}
          dataKey="value"
          stroke="none"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          shape={nothing}
        />
        {isNamed && <TitleAbove text={valueHead} scale={scale} />}
        <Curves
          {...{ series, drawn, room, scale }}
          pointsOf={(line) => thinned(line, buckets)}
          {...{ xMax, yLow: yTicks[0]!, yHigh: yTicks.at(-1)!, marked }}
          {...{ marks, readAtRef }}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** Where the pointer and the arrow keys can stop: steps that some line has a drawn point at. */
function stopsOf(lines: readonly (readonly LinePoint[])[], value: number): LinePoint[] {
  const steps = new Set(lines.flatMap((points) => points.map(({ step }) => step)));
  return evenly(
    [...steps].sort((a, b) => a - b),
    MAX_BUCKETS,
  ).map((step) => ({ step, value }));
}

/** recharts' own shape measures its path at every redraw, for which the browser must lay out the page at once. */
const nothing = () => <g />;

export const LinePlot = memo(
  Plot,
  (a, b) =>
    a.title === b.title &&
    a.xMax === b.xMax &&
    a.valueHead === b.valueHead &&
    a.axis === b.axis &&
    a.yFrom === b.yFrom &&
    a.marked === b.marked &&
    a.valueText === b.valueText &&
    sameMarks(a.marks, b.marks) &&
    sameSeries(a.series, b.series),
);
