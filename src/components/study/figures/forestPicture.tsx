// Every cell against the control: mean difference with its interval, its seeds behind it, and the band of what is too small to
// matter. Tests nothing.
import { niceTicks } from "../../../core/series/niceTicks.ts";
import { foldedNumbers } from "../../charts/foldedNumbers.ts";
import { axisOf, type NumberText } from "../../words/numberText.ts";
import { endsOf, ESTIMATE_HEADS, estimateCells, Mark, Whisker, type Estimate } from "./Estimate.tsx";
import type { Drawing, MarksPicture, PlotSize } from "./picture.ts";
import { along, AxisX, fitted, LETTER, type PlotScale } from "./PlotAxes.tsx";
import { labelsRoom, RowLabels, rowMiddle, rowsBottom } from "./RowLabels.tsx";

export interface ForestRow {
  readonly cell: string;
  readonly label: string;
  readonly difference: Estimate; // cell minus control
  readonly seeds: readonly number[]; // the same, seed by seed
  readonly change: string; // the same with its interval, as the card writes it: "+.025 [.019, .031]"
  readonly verdict: string; // in the words of the card: "better", "undecided"; with how many seeds would decide
}

interface ForestProps {
  readonly title: string;
  readonly rows: readonly ForestRow[];
  readonly control: string; // label of the cell that the others are held against
  readonly smallestEffect: number | undefined; // undefined: none is too small for this measure
  readonly lowerIsBetter: boolean;
  readonly valueText: NumberText;
  readonly sample: string;
}

const LOOK = { colour: "var(--ink)", marker: "square" } as const;
const WORDS = 320; // px for the numbers and words at each row’s end, at most
const WIDE = 640; // from which on there is room for them
const NARROW = 480; // below which the axis does not say again what the title says

export function forestPicture({
  title,
  rows,
  control,
  smallestEffect,
  lowerIsBetter,
  ...props
}: ForestProps): MarksPicture {
  const { valueText, sample } = props;
  const band =
    smallestEffect === undefined
      ? ""
      : ` Grey band: differences of at most ${valueText(smallestEffect)}, too small to matter here.`;
  const draw = ({ width, height }: PlotSize): Drawing => {
    const room = labelsRoom(rows, width);
    const says = rows.map(({ change, verdict }) => `${change} ${verdict.replace(/;.*/, "")}`);
    const longest = LETTER * Math.max(...says.map(({ length }) => length)) + 8;
    const words = width >= WIDE ? Math.min(WORDS, longest) : 0;
    const ends = rows.flatMap(({ difference, seeds }) => [...endsOf(difference), ...seeds]);
    const far = 1.2 * (smallestEffect ?? 0);
    const ticks = niceTicks(Math.min(-far, ...ends), Math.max(far, ...ends), width < NARROW ? 5 : 7);
    const scale: PlotScale = { ticks, from: room, to: width - 14 - words };
    const place = along(scale);
    const bottom = rowsBottom(height);
    const marks = rows.map(({ cell, label, difference, change, verdict }, row) => ({
      id: cell,
      x: place(difference.mean),
      y: rowMiddle(row),
      note: `${label} against ${control}: ${change}, ${verdict} (${difference.n === 1 ? "1 seed" : `${difference.n} seeds`}).`,
    }));
    return {
      marks,
      picture: (marked) => (
        <>
          {smallestEffect !== undefined && (
            <rect
              x={place(-smallestEffect)}
              width={place(smallestEffect) - place(-smallestEffect)}
              y={0}
              height={bottom}
              fill="var(--well)"
            />
          )}
          <AxisX
            {...{ scale }}
            text={axisOf(valueText)}
            label={`${width < NARROW ? "" : `difference from ${control}; `}${lowerIsBetter ? "left" : "right"} is better`}
            low={0}
            high={bottom}
          />
          <line x1={place(0)} x2={place(0)} y1={0} y2={bottom} stroke="var(--ink-soft)" />
          <RowLabels {...{ rows, room }} markedRow={marks.findIndex(({ id }) => id === marked)} />
          {rows.map(({ cell, difference, seeds }, row) => {
            const [low, high] = endsOf(difference);
            const mark = marks[row]!;
            return (
              <g key={cell}>
                {seeds.map((seed, i) => (
                  <circle
                    key={i}
                    cx={place(seed)}
                    cy={mark.y}
                    r={2.5}
                    fill="var(--ink-soft)"
                    fillOpacity={0.4}
                  />
                ))}
                <Whisker x1={place(low)} x2={place(high)} y1={mark.y} y2={mark.y} />
                <Mark look={LOOK} {...mark} isMarked={cell === marked} />
                {words > 0 && (
                  <text x={width - words} y={mark.y + 4} fontSize={11} fill="var(--ink)">
                    {fitted(says[row]!, words)}
                  </text>
                )}
              </g>
            );
          })}
        </>
      ),
    };
  };
  return {
    kind: "marks",
    title,
    draw,
    sample,
    shape: { rows: rows.length },
    description: `Squares: mean difference from ${control}, paired by seed, with its 95 % interval; small dots: single seeds.${band}`,
    idle: "Point at a square, or use the arrow keys.",
    empty:
      rows.length === 0
        ? "Differences appear here when a seed of a cell and of the control have finished."
        : undefined,
    numbers: () =>
      foldedNumbers(
        ["Cell", ...ESTIMATE_HEADS, "finding"],
        rows.map(({ cell, label, difference, verdict }) => ({
          id: cell,
          label,
          cells: [...estimateCells(difference), verdict],
        })),
      ),
  };
}
