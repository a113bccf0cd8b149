// The drawing of a line chart by recharts: thinned to the screen, redrawn only when a line has new points.
import { memo } from "react";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { decimateMinMax } from "../../core/series/decimate.ts";
import { niceTicks } from "../../core/series/niceTicks.ts";
import { ChartTooltip } from "./ChartTooltip.tsx";
import { sameSeries, type ChartSeries } from "./chartSeries.ts";
import type { NumberText } from "./numberText.ts";

/** Points of all lines together; recharts slows down beyond about 8,000. */
const POINT_BUDGET = 5000;
const MAX_BUCKETS = 400; // about half the pixels of a wide chart

export interface LinePlotProps {
  readonly title: string; // read out
  readonly series: readonly ChartSeries[];
  readonly xMax: number;
  readonly yFrom: "zero" | "data";
  readonly tickText: NumberText;
  readonly valueText: NumberText;
  readonly marked?: string | undefined; // id of the line to bring forward
}

function draw({ title, series, xMax, yFrom, tickText, valueText, marked }: LinePlotProps) {
  const buckets = Math.max(
    40,
    Math.min(MAX_BUCKETS, Math.floor(POINT_BUDGET / 2 / Math.max(1, series.length))),
  );
  const lines = series.map(({ line }) => decimateMinMax(line, buckets));
  const values = lines.flatMap((points) => points.map(({ value }) => value));
  const lowest = values.reduce((least, value) => Math.min(least, value), yFrom === "zero" ? 0 : Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  const yTicks = niceTicks(Math.min(lowest, highest), highest, 6);
  const xTicks = niceTicks(0, xMax, 7).filter((step) => step <= xMax && Number.isInteger(step));
  const ordered = [...series].sort((a, b) => rank(a, marked) - rank(b, marked));
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 240 }}>
      <LineChart margin={{ top: 8, right: 12, bottom: 0, left: 0 }} title={title} accessibilityLayer>
        <CartesianGrid vertical={false} stroke="var(--line)" strokeDasharray="2 3" />
        <XAxis
          dataKey="step"
          type="number"
          domain={[0, xMax]}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          tickFormatter={tickTextOfStep}
          ticks={xTicks}
          interval="equidistantPreserveStart"
          minTickGap={20}
          height={24}
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
              <ChartTooltip step={label} series={series} valueText={valueText} />
            ) : null
          }
        />
        {ordered.map((one) => (
          // Animation and dots off: points arrive ten times a second. A single point needs its dot to be seen.
          <Line
            key={one.id}
            name={one.label}
            data={lines[series.indexOf(one)]!}
            dataKey="value"
            type="linear"
            stroke={one.colour}
            strokeWidth={one.id === marked ? 3.5 : one.thin ? 1.25 : 2}
            strokeOpacity={one.faint ? 0.28 : marked !== undefined && one.id !== marked ? 0.35 : 1}
            {...(one.dash !== undefined && { strokeDasharray: one.dash })}
            dot={one.line.length === 1 && !one.faint ? { r: 3, fill: one.colour, strokeWidth: 0 } : false}
            activeDot={one.unlisted ? false : { r: 4, strokeWidth: 0 }}
            isAnimationActive={false}
            connectNulls
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

const tickTextOfStep = (step: number) => String(step);

const rank = (one: ChartSeries, marked: string | undefined) => (one.id === marked ? 2 : one.faint ? 0 : 1);

export const LinePlot = memo(
  draw,
  (a, b) =>
    a.title === b.title &&
    a.xMax === b.xMax &&
    a.yFrom === b.yFrom &&
    a.marked === b.marked &&
    a.valueText === b.valueText &&
    sameSeries(a.series, b.series),
);
