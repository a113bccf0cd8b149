// The lines of a chart in recharts' plot area, and what the pointer reads of them. recharts' own Line works through all its points
// at every redraw; it keeps the axes, the grid and the tooltip.
import { useEffect, type RefObject } from "react";
import { useActiveTooltipLabel, usePlotArea } from "recharts";
import { seriesAt, type StepMark } from "./chartSeries.ts";
import { CurvePaths, type CurvePathsProps } from "./CurvePaths.tsx";
import { placeIn, type PlotFrame } from "./plotFrame.ts";

interface CurvesProps extends Omit<CurvePathsProps, "frame"> {
  readonly xMax: number;
  readonly yLow: number;
  readonly yHigh: number;
  readonly marks: readonly StepMark[];
  readonly readAtRef: RefObject<number | undefined>; // is told the step at which the chart is being read
}

export function Curves({
  series,
  drawn,
  pointsOf,
  marked,
  marks,
  room,
  scale,
  readAtRef,
  ...range
}: CurvesProps) {
  const area = usePlotArea();
  const step = useActiveTooltipLabel();
  useEffect(() => void (readAtRef.current = typeof step === "number" ? step : undefined), [readAtRef, step]);
  if (!area) return null;
  const { x, y, width, height } = area;
  const frame = { ...range, x, y, width, height };
  const place = placeIn(frame);
  return (
    <g>
      {marks.map((mark) => (
        <Mark key={mark.step} {...mark} frame={frame} />
      ))}
      <CurvePaths {...{ series, drawn, pointsOf, marked, room, scale, frame }} />
      {drawn.map((one) => {
        if (one.faint && one.line.length === 1) return null;
        if (one.upTo !== undefined && typeof step === "number" && step > one.upTo) return null;
        // A single point needs its dot to be seen; others show one where the pointer is.
        const single = one.line.length === 1 ? one.line.steps[0] : undefined;
        const shown = typeof step === "number" && !one.unlisted ? step : single;
        const at = shown === undefined ? undefined : seriesAt(one, shown);
        if (!at) return null;
        return <circle key={one.id} cx={place.x(at.step)} cy={place.y(at.value)} r={4} fill={one.colour} />;
      })}
    </g>
  );
}

/** An upright line at a step, its word beside it where there is room. */
function Mark({ step, label, frame }: StepMark & { readonly frame: PlotFrame }) {
  const { y, height, x, width } = frame;
  const at = placeIn(frame).x(step);
  const left = at - x > width / 2;
  return (
    <g className="stepMark">
      <line x1={at} x2={at} y1={y} y2={y + height} stroke="var(--ink-soft)" strokeDasharray="4 3" />
      <text x={left ? at - 4 : at + 4} y={y + 10} textAnchor={left ? "end" : "start"} fill="var(--ink-soft)">
        {label}
      </text>
    </g>
  );
}
