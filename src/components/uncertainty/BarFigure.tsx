// Bars with intervals and all that belongs to them: title with unit, n, the numbers as a table, saving. Knows no run.
import { Suspense, useEffect, useRef, type ReactNode } from "react";
import { lazyPart } from "../controls/lazyPart.tsx";
import { axisOf, scoreText, type NumberText } from "../words/numberText.ts";
import { NUMBERS_ROOM, TITLE_ROOM } from "../charts/axisTitles.tsx";
import { Figure } from "../charts/Figure.tsx";
import { ChartSaver } from "../charts/ChartSaver.tsx";
import { FoldedTable } from "../charts/FoldedTable.tsx";
import { foldedNumbers } from "../charts/foldedNumbers.ts";
import type { ChartBar } from "./BarPlot.tsx";
import "./uncertainty.css";

const BarPlot = lazyPart(async () => (await import("./BarPlot.tsx")).BarPlot);

interface BarFigureProps {
  readonly title: string;
  readonly description: string;
  readonly bars: readonly ChartBar[];
  readonly columns: readonly string[]; // heads of `cells`
  readonly valueHead: string; // of the axis
  readonly valueText?: NumberText;
  readonly sample: string;
  readonly empty: string;
  readonly controls?: ReactNode;
  readonly children?: ReactNode; // the finding in words, above the bars
  readonly marked?: string | undefined; // id of the bar that stands out
  readonly onPick?: ((id: string) => void) | undefined; // a bar was pressed
}

const BAR = 26; // px a bar is high, with the space to the next
const AXIS = NUMBERS_ROOM + TITLE_ROOM;

export function BarFigure({ title, description, bars, columns, sample, empty, ...props }: BarFigureProps) {
  const { valueHead, valueText = scoreText, controls, children, marked, onPick } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const markedAt = bars.findIndex(({ id }) => id === marked);
  useEffect(() => {
    const box = scroll.current;
    if (box && markedAt >= 0) box.scrollTop = (markedAt + 0.5) * BAR - box.clientHeight / 2;
  }, [markedAt]);
  const rows = bars.map(({ id, label, cells }) => ({ id, label, cells, isCurrent: id === marked }));
  const numbers = () => foldedNumbers(["Language", ...columns], rows);
  return (
    <Figure
      kind="bars"
      {...{ title, description, controls, sample }}
      foot={
        bars.length > 0 && (
          <>
            <FoldedTable caption={title} numbers={numbers} />
            <ChartSaver />
          </>
        )
      }
    >
      {children}
      {bars.length > 0 ? (
        <div className="bars-scroll" ref={scroll} tabIndex={0} role="region" aria-label={`${title}, bars`}>
          <div
            className="chart-plot bars-plot"
            data-height="own"
            style={{ height: `${bars.length * BAR + AXIS}px` }}
          >
            <Suspense>
              <BarPlot {...{ title, bars, valueHead, marked, onPick }} tickText={axisOf(valueText)} />
            </Suspense>
          </div>
        </div>
      ) : (
        <div className="bars-empty">
          <p className="chart-empty">{empty}</p>
        </div>
      )}
    </Figure>
  );
}
