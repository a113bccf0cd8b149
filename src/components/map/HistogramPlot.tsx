// The drawing of one moment's histograms by recharts: a stepped outline per group, with its median. Knows no run.
import { memo } from "react";
import { Area, AreaChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { HistogramBar } from "../../core/stats/cosineCounts.ts";
import { niceTicks } from "../../core/series/niceTicks.ts";
import { NUMBERS_ROOM, TITLE_ROOM, TitleAbove, titleBelow } from "../charts/axisTitles.tsx";
import { axisOf, scoreText, shareText } from "../words/numberText.ts";

export interface HistogramGroup {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  readonly dash?: string | undefined;
  readonly shares: readonly number[]; // of each bar
  readonly median: number;
}

interface HistogramPlotProps {
  readonly title: string; // drawn in the corner, so that a saved picture has it
  readonly bars: readonly HistogramBar[];
  readonly groups: readonly HistogramGroup[];
  readonly top: number; // of the scale, shared by both moments
}

const HEAD = 18; // px of its title
const HALF_NUMBER = 8; // px by which the topmost number stands above the plot

function draw({ title, bars, groups, top }: HistogramPlotProps) {
  const middle = ({ from, to }: HistogramBar) => (from + to) / 2;
  const rows = bars.map((bar, i) => ({
    cosine: middle(bar),
    ...Object.fromEntries(groups.map(({ id, shares }) => [id, shares[i]])),
  }));
  const xTicks = niceTicks(bars[0]!.from, bars.at(-1)!.to, 7);
  const yTicks = niceTicks(0, top, 4);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 240 }}>
      <AreaChart
        data={rows}
        title={title}
        margin={{ top: HEAD + TITLE_ROOM + HALF_NUMBER, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer
      >
        <XAxis
          dataKey="cosine"
          type="number"
          domain={[xTicks[0]!, xTicks.at(-1)!]}
          ticks={xTicks}
          tickFormatter={cosineText}
          tickLine={false}
          axisLine={{ stroke: "var(--line)" }}
          height={NUMBERS_ROOM + TITLE_ROOM}
          label={titleBelow("Cosine")}
        />
        <YAxis
          domain={[0, yTicks.at(-1)!]}
          ticks={yTicks}
          tickFormatter={axisOf(shareText)}
          tickLine={false}
          axisLine={false}
          width={44}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--ink-soft)" }}
          wrapperStyle={{ zIndex: 5, outline: "none" }}
          content={({ active, label }) => {
            const at = active ? bars.findIndex((bar) => middle(bar) === Number(label)) : -1;
            return at < 0 ? null : (
              <div className="chartTip" role="status">
                <p className="chartTip-step">
                  {title}: cosine {cosineText(bars[at]!.from)} to {cosineText(bars[at]!.to)}
                </p>
                <ul>
                  {groups.map((group) => (
                    <li key={group.id}>
                      <span className="chartTip-label">{group.label}</span>
                      <b>{shareText(group.shares[at]!)}</b>
                    </li>
                  ))}
                </ul>
              </div>
            );
          }}
        />
        {groups.map(({ id, median, colour, dash }) => (
          <ReferenceLine key={id} x={median} stroke={colour} {...dashed(dash)} strokeWidth={1} />
        ))}
        {groups.map(({ id, label, colour, dash }) => (
          <Area
            key={id}
            type="step"
            dataKey={id}
            name={label}
            stroke={colour}
            strokeWidth={2}
            {...dashed(dash)}
            fill={colour}
            fillOpacity={0.1}
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
        ))}
        <TitleAbove text="Share of pairs" top={HEAD} />
        <text x={48} y={12} fontSize={12} fontWeight={600} fill="var(--ink)">
          {title}
        </text>
      </AreaChart>
    </ResponsiveContainer>
  );
}

const cosineText = axisOf(scoreText);

const dashed = (dash: string | undefined) => (dash === undefined ? {} : { strokeDasharray: dash });

export const HistogramPlot = memo(draw);
