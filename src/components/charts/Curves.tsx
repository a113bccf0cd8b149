// The lines of a chart as plain paths in its plot area: a line without new points is neither computed nor drawn again.
// recharts' own Line works through all its points at every redraw; it keeps the axes, the grid and the tooltip.
import { memo, useEffect, type RefObject } from "react";
import { useActiveTooltipLabel, usePlotArea } from "recharts";
import type { Line, LinePoint } from "../../core/series/decimate.ts";
import { evenly, seriesAt, type ChartSeries, type StepMark } from "./chartSeries.ts";
import { EndLabels } from "./EndLabels.tsx";
import { placeIn, type PlotFrame } from "./plotFrame.ts";
import { markerPath, type Marker } from "./lineLook.ts";

interface CurvesProps {
  readonly series: readonly ChartSeries[]; // the first ones are named where there is no room for all
  readonly drawn: readonly ChartSeries[]; // the same; the last one on top
  readonly pointsOf: (line: Line) => readonly LinePoint[]; // the same object while the line is the same
  readonly xMax: number;
  readonly yLow: number;
  readonly yHigh: number;
  readonly marked: string | undefined;
  readonly marks: readonly StepMark[];
  readonly room: number; // pixels to the right of the plot, for labels
  readonly readAtRef: RefObject<number | undefined>; // is told the step at which the chart is being read
}

export function Curves({ series, drawn, pointsOf, marked, marks, room, readAtRef, ...range }: CurvesProps) {
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
      {drawn.map(
        ({ id, band, colour }) =>
          band && (
            <Band
              key={id}
              low={pointsOf(band.low)}
              high={pointsOf(band.high)}
              fill={colour}
              opacity={marked !== undefined && id !== marked ? 0.06 : 0.16}
              {...frame}
            />
          ),
      )}
      {drawn.map((one) => (
        <Curve
          key={one.id}
          points={pointsOf(one.line)}
          stroke={one.colour}
          strokeWidth={one.id === marked ? 3.5 : one.thin ? 1.25 : 2}
          opacity={one.faint ? 0.28 : marked !== undefined && one.id !== marked ? 0.35 : 1}
          dash={one.dash}
          marker={one.faint || one.upTo !== undefined ? undefined : one.marker}
          hollow={one.hollow === true}
          {...frame}
        />
      ))}
      <EndLabels {...{ series, room, marked }} frame={frame} />
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

interface BandProps extends PlotFrame {
  readonly low: readonly LinePoint[];
  readonly high: readonly LinePoint[];
  readonly fill: string;
  readonly opacity: number;
}

const Band = memo(({ low, high, fill, opacity, ...frame }: BandProps) => {
  const place = placeIn(frame);
  const edge = (points: readonly LinePoint[]) =>
    points.map(({ step, value }) => `${place.x(step).toFixed(1)},${place.y(value).toFixed(1)}`);
  const outline = [...edge(high), ...edge(low).reverse()];
  if (outline.length < 4) return null;
  return (
    <path className="band" d={`M${outline.join("L")}z`} fill={fill} fillOpacity={opacity} stroke="none" />
  );
});

interface CurveProps extends PlotFrame {
  readonly points: readonly LinePoint[];
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly opacity: number;
  readonly dash: string | undefined;
  readonly marker: Marker | undefined;
  readonly hollow: boolean;
}

const FEW_MARKS = 12; // points of which each has its mark
const MARKS = 7; // along a line of more

const Curve = memo(({ points, stroke, strokeWidth, opacity, dash, marker, hollow, ...frame }: CurveProps) => {
  const place = placeIn(frame);
  const d = points.map(({ step, value }) => `${place.x(step).toFixed(1)},${place.y(value).toFixed(1)}`);
  const marked = marker ? evenly(points, points.length <= FEW_MARKS ? FEW_MARKS : MARKS) : [];
  return (
    <>
      <path
        className="curve"
        d={d.length < 2 ? "" : `M${d.join("L")}`}
        fill="none"
        stroke={stroke}
        strokeWidth={strokeWidth}
        strokeOpacity={opacity}
        strokeDasharray={dash}
      />
      {marker && (
        <path
          className="curve-marks"
          d={marked
            .map(({ step, value }) =>
              markerPath(marker, place.x(step), place.y(value), 1.4 * strokeWidth + 0.6),
            )
            .join("")}
          fill={hollow ? "var(--card)" : stroke}
          stroke={hollow ? stroke : "var(--card)"}
          strokeWidth={hollow ? 1.5 : 0.75}
          opacity={opacity}
        />
      )}
    </>
  );
});
