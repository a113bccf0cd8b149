// A picture made of marks with all that belongs to it: title, n, one sentence on the mark that is pointed at or reached by arrow
// keys, the numbers as a table, saving. Knows no study and draws no mark.
import {
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from "react";
import { ChartSaver } from "../../charts/ChartSaver.tsx";
import { hoverEnd } from "../../controls/hoverEnd.ts";
import { Figure } from "../../charts/Figure.tsx";
import { FoldedTable } from "../../charts/FoldedTable.tsx";
import { pictureHeight, type MarksPicture, type PlotMark, type PlotSize } from "./picture.ts";
import "./figures.css";

interface MarksFigureProps extends Omit<MarksPicture, "kind"> {
  readonly controls?: ReactNode;
}

export function MarksFigure({ title, description, shape, draw, idle, ...props }: MarksFigureProps) {
  const { numbers, sample, empty, controls } = props;
  const look = typeof shape === "object" ? "rows" : shape;
  return (
    <Figure
      kind="marks"
      {...{ title, description, controls, sample }}
      foot={
        empty === undefined && (
          <>
            <FoldedTable caption={title} numbers={numbers} />
            <ChartSaver />
          </>
        )
      }
    >
      {empty === undefined ? (
        <Plot
          {...{ title, draw, idle, look }}
          height={typeof shape === "object" ? pictureHeight(shape, 0) : undefined}
        />
      ) : (
        <div className="chart-plot">
          <p className="chart-empty">{empty}</p>
        </div>
      )}
    </Figure>
  );
}

const REACH = 30; // px from the pointer to the mark that it means

interface PlotProps extends Pick<MarksFigureProps, "title" | "draw" | "idle"> {
  readonly look: "wide" | "square" | "rows";
  readonly height: number | undefined; // left out: the style sheet's
}

function Plot({ title, draw, idle, look, height }: PlotProps) {
  const [box, size] = useSize();
  const [marked, setMarked] = useState<string>();
  const drawing = size && draw(size);
  const marks = drawing?.marks ?? [];
  const at = marks.findIndex(({ id }) => id === marked);
  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    const distance = ({ x, y }: PlotMark) => Math.hypot(x - (clientX - left), y - (clientY - top));
    const nearest = marks.toSorted((a, b) => distance(a) - distance(b))[0];
    setMarked(nearest && distance(nearest) <= REACH ? nearest.id : undefined);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || marks.length === 0) return;
    event.preventDefault();
    const next = at < 0 ? (by > 0 ? 0 : marks.length - 1) : Math.min(marks.length - 1, Math.max(0, at + by));
    setMarked(marks[next]!.id);
  };
  return (
    <>
      <div
        ref={box}
        className={`chart-plot marksPlot marksPlot-${look}`}
        data-height={{ wide: undefined, square: "square", rows: "own" }[look]}
        style={height === undefined ? undefined : { height }}
        tabIndex={0}
        role="region"
        aria-label={`${title}. Arrow keys move from mark to mark.`}
        onKeyDown={step}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={hoverEnd(() => setMarked(undefined))}
        onBlur={() => setMarked(undefined)}
      >
        {drawing && (
          <svg className="plotSurface" width={size.width} height={size.height} role="img" aria-label={title}>
            {drawing.picture(marks[at]?.id)}
          </svg>
        )}
      </div>
      <p className="marksPlot-note" role="status" data-idle={at < 0 || undefined}>
        {marks[at]?.note ?? idle}
      </p>
    </>
  );
}

/** The size of an element in px, measured before the first paint and at every change. */
function useSize() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<PlotSize>();
  useLayoutEffect(() => {
    const element = box.current!; // it is always there
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setSize({ width, height });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, size] as const;
}
