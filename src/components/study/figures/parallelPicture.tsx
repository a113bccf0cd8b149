// Cells of many factors as lines across one axis per factor, the measure last. Chooses no factor.
import { parallelAxis, type ParallelColumn } from "../../../core/study/figures/parallelAxes.ts";
import { foldedNumbers } from "../../charts/foldedNumbers.ts";
import { axisOf, tableText, type NumberText } from "../../words/numberText.ts";
import type { Drawing, MarksPicture, PlotSize } from "./picture.ts";
import { fitted, LETTER } from "./PlotAxes.tsx";

interface ParallelProps {
  readonly title: string;
  readonly cells: readonly { readonly cell: string; readonly label: string }[];
  readonly factors: readonly ParallelColumn[]; // a value of each cell
  readonly measure: { readonly label: string; readonly values: readonly (number | undefined)[] };
  readonly lowerIsBetter: boolean;
  readonly valueText: NumberText;
  readonly sample: string;
}

const [TOP, BOTTOM, LEFT, RIGHT] = [36, 12, 46, 58];

export function parallelPicture({
  title,
  cells,
  factors,
  measure,
  lowerIsBetter,
  ...props
}: ParallelProps): MarksPicture {
  const { valueText, sample } = props;
  const measured = measure.values.filter((value) => value !== undefined);
  const axes = [...factors, measure].map(parallelAxis);
  const good = (i: number) => {
    const at = axes.at(-1)!.at[i] ?? 0;
    return lowerIsBetter ? 1 - at : at;
  };
  const draw = ({ width, height }: PlotSize): Drawing => {
    const x = (axis: number) => LEFT + (axis * (width - LEFT - RIGHT)) / (axes.length - 1);
    const y = (at: number) => height - BOTTOM - at * (height - TOP - BOTTOM);
    const lines = cells.flatMap(({ cell, label }, i) => {
      const value = measure.values[i];
      if (value === undefined) return [];
      const points = axes.flatMap(({ at }, axis) =>
        at[i] === undefined ? [] : [{ x: x(axis), y: y(at[i]) }],
      );
      const told = factors.map((factor) => `${factor.label} ${textOf(factor.values[i])}`).join(", ");
      const note = `${label}: ${measure.label} ${valueText(value)}; ${told}.`;
      return [{ id: cell, points, note, good: good(i) }];
    });
    const marks = lines
      .map(({ id, points, note }) => ({ id, note, ...points.at(-1)! }))
      .toSorted((a, b) => a.y - b.y);
    const room = (width - LEFT - RIGHT) / (axes.length - 1);
    const strokes = (marked: string | undefined) =>
      lines
        .toSorted((a, b) => Number(a.id === marked) - Number(b.id === marked) || a.good - b.good)
        .map((line) => (
          <path
            key={line.id}
            d={`M${line.points.map((at) => `${at.x.toFixed(1)},${at.y.toFixed(1)}`).join("L")}`}
            fill="none"
            stroke={`color-mix(in oklab, var(--strength) ${Math.round(30 + 70 * line.good)}%, var(--well))`}
            strokeWidth={line.id === marked ? 4 : 1 + 1.5 * line.good}
            strokeOpacity={marked === undefined || line.id === marked ? 1 : 0.4}
          />
        ));
    return {
      marks,
      picture: (marked) => (
        <>
          {strokes(marked)}
          {axes.map(({ label, ticks }, axis) => (
            <g key={axis} fontSize={11}>
              <line x1={x(axis)} x2={x(axis)} y1={y(0)} y2={y(1)} stroke="var(--ink-soft)" />
              <text
                x={axis === 0 ? 2 : axis === axes.length - 1 ? width - 2 : x(axis)}
                y={axis % 2 === 0 ? 11 : 25}
                textAnchor={axis === 0 ? "start" : axis === axes.length - 1 ? "end" : "middle"}
                fill="var(--ink)"
              >
                {fitted(label, 1.8 * room)}
              </text>
              {ticks.map(({ at, value }) => (
                <TickText
                  key={at}
                  x={x(axis)}
                  y={y(at)}
                  text={axis === axes.length - 1 ? valueText(Number(value)) : fitted(textOf(value), room - 8)}
                />
              ))}
            </g>
          ))}
        </>
      ),
    };
  };
  return {
    kind: "marks",
    title,
    draw,
    sample,
    shape: "wide",
    description: `One line per cell, through its value on every axis. Stronger and thicker: better ${measure.label}.`,
    idle: "Point at a line’s right end, or use the arrow keys.",
    empty: measured.length === 0 ? "One line per cell appears here as cells finish." : undefined,
    numbers: () =>
      foldedNumbers(
        ["Cell", ...factors.map(({ label }) => label), measure.label],
        cells.map(({ cell, label }, i) => ({
          id: cell,
          label,
          cells: [...factors, measure].map(({ values }) => values[i] ?? ""),
        })),
      ),
  };
}

/** On a ground of its own, since lines cross it. */
function TickText({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) {
  return (
    <>
      <rect
        x={x + 3}
        y={y - 7}
        width={text.length * LETTER + 4}
        height={14}
        fill="var(--card)"
        fillOpacity={0.85}
      />
      <text x={x + 5} y={y + 4} fill="var(--ink-soft)">
        {text}
      </text>
    </>
  );
}

const tickText = axisOf(tableText);
const textOf = (value: number | string | undefined) =>
  value === undefined ? "–" : typeof value === "number" ? tickText(value) : value;
