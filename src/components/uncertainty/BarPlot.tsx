// The drawing of horizontal bars with whiskers by recharts. Knows no run.
import { memo } from "react";
import { Bar, BarChart, ErrorBar, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { niceTicks } from "../../core/series/niceTicks.ts";
import { NUMBERS_ROOM, TITLE_ROOM, titleBelow } from "../charts/axisTitles.tsx";
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
  readonly isMean?: boolean; // over the languages of a group: set apart from single ones
}

/** What recharts tells a tick of its own drawing. */
interface TickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly index: number;
}

interface BarPlotProps {
  readonly title: string;
  readonly bars: readonly ChartBar[];
  readonly valueHead: string; // what the values are
  readonly tickText: NumberText;
  readonly marked?: string | undefined; // id of the bar that stands out
  readonly onPick?: ((id: string) => void) | undefined; // a bar was pressed
}

const LONGEST = 24; // letters of a label

/** "Low-resource (classes 0–2) (20)" -> "Low-resource (clas… (20)": how many, or the code, stays. */
function shortened(label: string): string {
  if (label.length <= LONGEST) return label;
  const end = / \([^()]*\)$/.exec(label)?.[0] ?? "";
  return `${label.slice(0, LONGEST - 1 - end.length).trimEnd()}…${end}`;
}

function draw({ title, bars, valueHead, tickText, marked, onPick }: BarPlotProps) {
  const ends = bars.flatMap(({ value, low = value, high = value }) => [value, low, high]);
  const ticks = niceTicks(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const rows = bars.map((bar) => ({
    ...bar,
    fill: bar.colour,
    fillOpacity: marked === undefined || bar.id === marked ? 1 : 0.5,
    spread:
      bar.low === undefined || bar.high === undefined ? null : [bar.value - bar.low, bar.high - bar.value],
  }));
  const longest = Math.max(0, ...bars.map(({ label }) => Math.min(LONGEST, label.length)));
  const namesRoom = Math.round(20 + 6.6 * longest);
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
          height={NUMBERS_ROOM + TITLE_ROOM}
          label={titleBelow(valueHead)}
        />
        <YAxis
          type="category"
          dataKey="label"
          width={namesRoom}
          tickLine={false}
          axisLine={false}
          interval={0}
          tick={({ x, y, index }: TickProps) => {
            const { id, label, isMean = false } = bars[index]!;
            return (
              <text
                className="recharts-cartesian-axis-tick-value"
                x={x}
                y={y}
                dy="0.35em"
                textAnchor="end"
                fontWeight={id === marked ? 700 : isMean ? 620 : 400}
              >
                {shortened(label)}
              </text>
            );
          }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--well)" }}
          wrapperStyle={{
            zIndex: 5,
            outline: "none",
            maxWidth: `calc(100% - ${namesRoom + 16}px)`, // recharts keeps it beside the names
          }}
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
        <Bar
          dataKey="value"
          isAnimationActive={false}
          {...(onPick && { onClick: (_, index) => onPick(bars[index]!.id), cursor: "pointer" })}
        >
          <ErrorBar
            dataKey="spread"
            direction="x"
            width={5}
            strokeWidth={1.5}
            stroke="var(--ink)"
            isAnimationActive={false}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

export const BarPlot = memo(draw);
