// A line chart with all that belongs to it: title with unit, legend, what n is, the data as a table. Knows no run.
import { Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { ChartSaver } from "./ChartSaver.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { useToggled } from "../controls/useToggled.ts";
import { DataTable } from "./DataTable.tsx";
import { Figure } from "./Figure.tsx";
import { Legend } from "./Legend.tsx";
import { axisOf, type NumberText } from "../words/numberText.ts";
import { listedId, type ChartSeries, type LineAxis, type StepMark } from "./chartSeries.ts";

const loadPlot = () => import("./LinePlot.tsx");
const LinePlot = lazyPart(async () => (await loadPlot()).LinePlot);

const NO_MARKS: readonly StepMark[] = [];

export interface LineFigureProps {
  readonly title: string; // metric and unit
  readonly description: string; // one sentence: what it shows, which direction is good
  readonly series: readonly ChartSeries[];
  readonly xMax: number; // steps, or along the axis
  readonly axis?: LineAxis | undefined; // left out: steps
  readonly yFrom?: "zero" | "data";
  readonly valueHead: string; // what the values are, with their unit: stands at their axis
  readonly valueText: NumberText;
  readonly sample: ReactNode; // what n is, how many seeds
  readonly empty: string; // what will appear here
  readonly controls?: ReactNode;
  readonly tall?: boolean;
  readonly legend?: boolean; // left out: there is one
  readonly marked?: string | undefined;
  readonly marks?: readonly StepMark[];
  /** Told the step at which the chart is read when it is pressed there, or Enter. */
  readonly onStep?: ((step: number) => void) | undefined;
}

export function LineFigure({ series, ...props }: LineFigureProps) {
  const { title, description, xMax, axis, yFrom = "zero", valueHead, valueText, sample } = props;
  const { marks = NO_MARKS, onStep } = props;
  const readAtRef = useRef<number>(undefined);
  const told = useRef(onStep);
  useEffect(() => void (told.current = onStep), [onStep]);
  const tellStep = useCallback((step: number) => told.current?.(step), []);
  const [hidden, toggle] = useToggled();
  const [pointedAt, setPointedAt] = useState<string>();
  // After the page's first paint: asked for at the first point only, it would wait behind a busy processor.
  useEffect(() => void loadPlot().catch(() => undefined), []); // a failure is told when it is drawn
  const hasPoints = series.some(({ line }) => line.length > 0);
  // The raw line behind a smoothed one goes with it, and so does the parent's before a branch.
  const visible = series.filter((one) => !hidden.has(listedId(one.id)));
  return (
    <Figure
      kind="lines"
      {...{ title, description, sample }}
      controls={props.controls}
      foot={
        <>
          <DataTable caption={title} {...{ series, valueText, axis }} />
          <ChartSaver />
        </>
      }
    >
      {props.legend !== false && (
        <Legend
          series={series}
          hidden={hidden}
          valueText={axis ? undefined : valueText}
          onToggle={toggle}
          onMark={setPointedAt}
        />
      )}
      <div
        className={`chart-plot ${props.tall ? "chart-plot-tall" : ""}`}
        onKeyDown={({ key }) =>
          key === "Enter" && readAtRef.current !== undefined && tellStep(readAtRef.current)
        }
      >
        {hasPoints ? (
          <Suspense fallback={<p className="chart-empty">Drawing …</p>}>
            <LinePlot
              title={title}
              series={visible}
              {...{ xMax, axis }}
              {...{ yFrom, valueHead }}
              tickText={axisOf(valueText)}
              valueText={valueText}
              marked={pointedAt ?? props.marked}
              marks={marks}
              {...{ readAtRef, onStep: tellStep }}
            />
          </Suspense>
        ) : (
          <p className="chart-empty">{props.empty}</p>
        )}
      </div>
    </Figure>
  );
}
