// Lines with their bands, marks and names as plain paths in a plot area: a line without new points is neither computed nor drawn
// again. Knows no axis and no pointer.
import { memo } from "react";
import type { Line, LinePoint } from "../../core/series/decimate.ts";
import { evenly, type ChartSeries } from "./chartSeries.ts";
import { EndLabels } from "./EndLabels.tsx";
import { placeIn, type PlotFrame } from "./plotFrame.ts";
import { markerPath, type Marker } from "../../core/picture/lineLook.ts";

export interface CurvePathsProps {
  readonly series: readonly ChartSeries[]; // the first ones are named where there is no room for all
  readonly drawn: readonly ChartSeries[]; // the same; the last one on top
  readonly pointsOf: (line: Line) => readonly LinePoint[]; // the same object while the line is the same
  readonly marked: string | undefined;
  readonly room: number; // pixels to the right of the plot, for labels
  readonly frame: PlotFrame;
  readonly scale?: number | undefined; // of the labels' letters
}

export function CurvePaths({ series, drawn, pointsOf, marked, room, frame, scale }: CurvePathsProps) {
  return (
    <>
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
      <EndLabels {...{ series, room, marked, frame, scale }} />
    </>
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
