// A line chart without a page: axes and lines at a given size. The page's own is charts/LinePlot.tsx, with the same lines.
import { inFront, stepTicks, valueTicks } from "../../charts/lineTicks.ts";
import { CurvePaths } from "../../charts/CurvePaths.tsx";
import { labelsWidth } from "../../charts/EndLabels.tsx";
import { countText, axisOf } from "../../words/numberText.ts";
import { AxisX, AxisY } from "./PlotAxes.tsx";
import type { LinesPicture, PlotSize } from "./picture.ts";
import type { Line, LinePoint } from "../../../core/series/decimate.ts";

const [LEFT, TOP, BOTTOM] = [48, 22, 38];

const pointsOf = ({ steps, values, length }: Line): readonly LinePoint[] =>
  Array.from({ length }, (_, i) => ({ step: steps[i]!, value: values[i]! }));

export function linesDrawing(
  { series, xMax, axis, yFrom, valueHead, valueText }: LinesPicture,
  size: PlotSize,
) {
  const room = labelsWidth(series, size.width);
  const area = { x: LEFT, y: TOP, width: size.width - LEFT - room, height: size.height - TOP - BOTTOM };
  const lines = series.flatMap(({ line, band }) => [line, ...(band ? [band.low, band.high] : [])]);
  const yTicks = valueTicks(lines.map(pointsOf), yFrom, area.height);
  const frame = { ...area, xMax, yLow: yTicks[0]!, yHigh: yTicks.at(-1)! };
  const [right, bottom] = [area.x + area.width, area.y + area.height];
  const xTicks = (axis?.ticks ?? stepTicks(xMax)).map((tick) => ({
    tick,
    at: area.x + (tick / xMax) * area.width,
  }));
  return (
    <>
      <AxisX
        scale={{ ticks: xTicks.map(({ tick }) => tick), from: xTicks[0]!.at, to: xTicks.at(-1)!.at }}
        text={axis?.text ?? countText}
        label={axis?.head ?? "Step"}
        low={TOP}
        high={bottom}
      />
      <AxisY
        scale={{ ticks: yTicks, from: bottom, to: TOP }}
        text={axisOf(valueText)}
        label={valueHead}
        low={LEFT}
        high={right}
      />
      <CurvePaths
        drawn={inFront(series, undefined)}
        marked={undefined}
        {...{ series, pointsOf, room, frame }}
      />
    </>
  );
}
