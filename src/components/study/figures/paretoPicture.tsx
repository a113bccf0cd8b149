// Two measures of every cell against each other, each with its interval; the cells that no other beats in both are joined. Judges none.
import { niceTicks } from "../../../core/series/niceTicks.ts";
import { placeLabels, type Box } from "../../../core/study/figures/placeLabels.ts";
import { foldedNumbers } from "../../charts/foldedNumbers.ts";
import { lineLook } from "../../../core/picture/lineLook.ts";
import { axisOf, type NumberText } from "../../words/numberText.ts";
import {
  endsOf,
  ESTIMATE_HEADS,
  estimateCells,
  estimateText,
  Mark,
  Whisker,
  type Estimate,
} from "./Estimate.tsx";
import type { Drawing, MarksPicture, PlotSize } from "./picture.ts";
import { along, AxisX, AxisY, LETTER, type PlotScale } from "./PlotAxes.tsx";

export interface ParetoCell {
  readonly cell: string;
  readonly label: string;
  readonly x: Estimate;
  readonly y: Estimate;
  readonly isOnFront: boolean;
  readonly isBeside?: boolean; // a baseline: not trained in any cell
}

export interface Measure {
  readonly label: string; // with its unit where it has one
  readonly valueText: NumberText;
  readonly lowerIsBetter: boolean;
}

/** A baseline that has the first measure alone. */
export interface ParetoLine {
  readonly label: string;
  readonly value: number;
}

interface ParetoProps {
  readonly title: string;
  readonly cells: readonly ParetoCell[]; // the place of a cell is its look
  readonly lines?: readonly ParetoLine[]; // upright
  readonly x: Measure;
  readonly y: Measure;
  readonly sample: string;
}

const [LEFT, RIGHT, TOP, BOTTOM] = [48, 14, 22, 38];
const BOLD = 1.1; // of a letter’s width

export function paretoPicture({ title, cells, lines = [], x, y, sample }: ParetoProps): MarksPicture {
  const draw = ({ width, height }: PlotSize): Drawing => {
    const { near, far } = parted(lines, cells.map((cell) => cell.x)); // prettier-ignore
    const scaleX: PlotScale = {
      ticks: ticksOf([...cells.map((cell) => cell.x), ...near.map(({ value }) => ({ mean: value, n: 1 }))]),
      from: LEFT,
      to: width - RIGHT,
    };
    const scaleY: PlotScale = { ticks: ticksOf(cells.map((cell) => cell.y)), from: height - BOTTOM, to: TOP };
    const [placeX, placeY] = [along(scaleX), along(scaleY)];
    const marks = cells.map((cell) => ({
      id: cell.cell,
      x: placeX(cell.x.mean),
      y: placeY(cell.y.mean),
      note: `${cell.label}: ${x.label} ${estimateText(cell.x, x.valueText)}, ${y.label} ${estimateText(cell.y, y.valueText)}${cell.isOnFront ? "; no other cell beats it in both" : ""}.`,
    }));
    const front = marks.filter((_, i) => cells[i]!.isOnFront).toSorted((a, b) => a.x - b.x);
    const said = ({ label, value }: ParetoLine) => `${label} ${x.valueText(value)}`;
    const area = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
    const upright = near.map((line) => uprightWords(said(line), placeX(line.value), area, marks));
    const beyond = far.map(({ isLess, ...line }) => beyondWords(said(line), isLess, area, marks));
    const labels = placeLabels(
      marks.map((mark, i) => {
        const { label, isOnFront } = cells[i]!;
        return { x: mark.x, y: mark.y, width: label.length * LETTER * (isOnFront ? BOLD : 1) };
      }),
      { left: LEFT, right: width, top: TOP, bottom: height - BOTTOM },
      12,
      [
        ...[...upright, ...beyond].map(({ box }) => box),
        ...cells.flatMap((cell, i) => {
          const [{ x: atX, y: atY }, [left, right], [low, high]] = [
            marks[i]!,
            endsOf(cell.x),
            endsOf(cell.y),
          ];
          return [
            { left: placeX(left), right: placeX(right), top: atY - 1, bottom: atY + 1 },
            { left: atX - 1, right: atX + 1, top: placeY(high), bottom: placeY(low) },
          ];
        }),
      ],
    );
    return {
      marks,
      picture: (marked) => (
        <>
          <AxisX
            scale={scaleX}
            text={axisOf(x.valueText)}
            label={axisLabel(x, "right", "left")}
            low={TOP}
            high={height - BOTTOM}
          />
          <AxisY
            scale={scaleY}
            text={axisOf(y.valueText)}
            label={axisLabel(y, "up", "down")}
            low={LEFT}
            high={width - RIGHT}
          />
          {upright.map(({ text, at, begin }) => (
            <g key={text}>
              <line x1={at} x2={at} y1={TOP} y2={height - BOTTOM} stroke="var(--ink-soft)" />
              <text
                transform={`translate(${at + 12},${begin}) rotate(-90)`}
                fontSize={11}
                fill="var(--ink-soft)"
              >
                {text}
              </text>
            </g>
          ))}
          {beyond.map(({ text, box }) => (
            <text key={text} x={box.left} y={box.bottom - 3} fontSize={11} fill="var(--ink-soft)">
              {text}
            </text>
          ))}
          {front.length > 1 && (
            <path
              d={`M${front.map((at) => `${at.x},${at.y}`).join("L")}`}
              fill="none"
              stroke="var(--ink-soft)"
              strokeDasharray="5 3"
            />
          )}
          {cells.map((cell, i) => {
            const mark = marks[i]!;
            const [[left, right], [low, high]] = [endsOf(cell.x), endsOf(cell.y)];
            const label = labels[i];
            return (
              <g key={cell.cell} opacity={marked === undefined || marked === cell.cell ? 1 : 0.45}>
                {label?.lead && (
                  <line
                    x1={mark.x}
                    y1={mark.y}
                    x2={label.lead.x}
                    y2={label.lead.y}
                    stroke="var(--ink-soft)"
                    strokeWidth={0.75}
                  />
                )}
                <Whisker x1={placeX(left)} x2={placeX(right)} y1={mark.y} y2={mark.y} />
                <Whisker x1={mark.x} x2={mark.x} y1={placeY(low)} y2={placeY(high)} />
                <Mark
                  look={lineLook(i)}
                  {...mark}
                  isHollow={cell.isBeside === true}
                  isMarked={marked === cell.cell}
                />
                {label && (
                  <text
                    x={label.x}
                    y={label.y}
                    fontSize={11}
                    fontWeight={cell.isOnFront ? 600 : 400}
                    fill="var(--ink)"
                  >
                    {cell.label}
                  </text>
                )}
              </g>
            );
          })}
        </>
      ),
    };
  };
  const heads = ESTIMATE_HEADS.slice(0, 3);
  return {
    kind: "marks",
    title,
    draw,
    sample,
    shape: "square",
    description: `Dashed: the cells that no other beats in both measures. Hollow${lines.length > 0 ? ", and what is named at a line or an arrow" : ""}: baselines. Bars: 95 % over seeds. Better is ${x.lowerIsBetter ? "left" : "right"} and ${y.lowerIsBetter ? "down" : "up"}.`,
    idle: "Point at a mark, or use the arrow keys.",
    empty: cells.length === 0 ? "One mark per cell appears here as cells finish." : undefined,
    numbers: () =>
      foldedNumbers(
        [
          "Cell",
          ...[x, y].flatMap(({ label }) => heads.map((head) => `${label}, ${head}`)),
          "seeds",
          "on the front",
        ],
        cells.map((cell) => ({
          id: cell.cell,
          label: cell.label,
          cells: [
            ...estimateCells(cell.x).slice(0, 3),
            ...estimateCells(cell.y).slice(0, 3),
            cell.x.n,
            cell.isOnFront ? "yes" : "no",
          ],
        })),
      ),
  };
}

const FAR = 0.5; // of what the cells span: a line further out would press them together

/** Lines that have their place on the cells' axis, and those beyond it, with the side on which they lie. */
function parted(lines: readonly ParetoLine[], estimates: readonly Estimate[]) {
  const ends = estimates.flatMap(endsOf);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = FAR * (high - low);
  const isFar = ({ value }: ParetoLine) => value < low - room || value > high + room;
  return {
    near: lines.filter((line) => !isFar(line)),
    far: lines.filter(isFar).map((line) => ({ ...line, isLess: line.value < low })),
  };
}

type Spot = Readonly<Record<"x" | "y", number>>;

/** The first of these in which no mark lies, else the first. */
const freeOf = (boxes: readonly [Box, Box], marks: readonly Spot[]): Box =>
  boxes.find(
    ({ left, right, top, bottom }) =>
      !marks.some(({ x, y }) => x > left - 6 && x < right + 6 && y > top - 6 && y < bottom + 6),
  ) ?? boxes[0];

/** Beside an upright line, written upwards: at its foot, or at its head where a mark is in the way below. */
function uprightWords(text: string, at: number, { top, bottom }: Box, marks: readonly Spot[]) {
  const length = text.length * LETTER;
  const endingAt = (y: number): Box => ({ left: at - 1, right: at + 16, top: y - length, bottom: y });
  const box = freeOf([endingAt(bottom - 6), endingAt(top + 6 + length)], marks);
  return { text, at, begin: box.bottom, box };
}

/** With an arrow to the side on which a line lies that is beyond the axis: above, or below where a mark is in the way. */
function beyondWords(text: string, isLess: boolean, area: Box, marks: readonly Spot[]) {
  const words = isLess ? `← ${text}` : `${text} →`;
  const length = words.length * LETTER;
  const left = isLess ? area.left + 4 : area.right - 4 - length;
  const under = (top: number): Box => ({ left, right: left + length, top, bottom: top + 14 });
  return { text: words, box: freeOf([under(area.top + 2), under(area.bottom - 18)], marks) };
}

const ticksOf = (estimates: readonly Estimate[]) => {
  const ends = estimates.flatMap(endsOf);
  return niceTicks(Math.min(...ends), Math.max(...ends), 6);
};

const axisLabel = ({ label, lowerIsBetter }: Measure, up: string, down: string) =>
  `${label} (better: ${lowerIsBetter ? down : up})`;
