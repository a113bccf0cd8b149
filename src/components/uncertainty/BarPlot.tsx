// The drawing of horizontal bars with whiskers by recharts. Knows no run.
import { memo } from "react";
import { Bar, BarChart, ErrorBar, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { niceTicks } from "../../core/series/niceTicks.ts";
import type { NumberText } from "../words/numberText.ts";

export interface ChartBar {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly colour: string;
  readonly note: string; // what pointing at it says
  readonly cells: readonly (string | number)[]; // of its row in the table, behind the label
}

interface BarPlotProps {
  readonly title: string;
  readonly bars: readonly ChartBar[];
  readonly tickText: NumberText;
}

function draw({ title, bars, tickText }: BarPlotProps) {
  const ends = bars.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const ticks = niceTicks(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const rows = bars.map((bar) => ({
    ...bar,
    fill: bar.colour,
    spread:
      bar.low === undefined || bar.high === undefined ? null : [bar.value - bar.low, bar.high - bar.value],
  }));
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 240 }}>
      <BarChart
        layout="vertical"
        data={rows}
        title={title}
        margin={{ top: 0, right: 16, bottom: 0, left: 0 }}
        barCategoryGap={6}
        accessibilityLayer
      >
        <XAxis
          type="number"
          domain={[ticks[0]!, ticks.at(-1)!]}
          ticks={ticks}
          tickFormatter={tickText}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          height={24}
        />
        <YAxis type="category" dataKey="label" width={128} tickLine={false} axisLine={false} interval={0} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--well)" }}
          wrapperStyle={{ zIndex: 5, outline: "none" }}
          content={({ active, label }) => {
            const bar = active ? bars.find((one) => one.label === label) : undefined;
            return bar ? (
              <div className="chartTip" role="status">
                <p className="chartTip-step">{bar.label}</p>
                <p>{bar.note}</p>
              </div>
            ) : null;
          }}
        />
        <ReferenceLine x={0} stroke="var(--ink-soft)" />
        <Bar dataKey="value" isAnimationActive={false}>
          <ErrorBar dataKey="spread" direction="x" width={5} strokeWidth={1.5} stroke="var(--ink)" />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

export const BarPlot = memo(draw);
