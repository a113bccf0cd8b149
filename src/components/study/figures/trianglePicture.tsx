// Cells in the triangle of mono, cross and multi: each measured one a dot with its value, the fitted surface as shade behind them.
// Fits nothing.
import { percents } from "../../../core/percent.ts";
import { niceTicks } from "../../../core/series/niceTicks.ts";
import { kindFacts } from "../../../core/spec/batchKind.ts";
import {
  levelRegion,
  type Blend,
  type Field,
  type Outline,
} from "../../../core/study/figures/levelRegion.ts";
import { foldedNumbers } from "../../charts/foldedNumbers.ts";
import { CORNERS, TRIANGLE, toPoint } from "../../form/simplex.ts";
import { axisOf, type NumberText } from "../../words/numberText.ts";
import { Mark } from "./Estimate.tsx";
import type { Drawing, MarksPicture, PlotSize } from "./picture.ts";
import { LETTER } from "./PlotAxes.tsx";

export interface TriangleCell {
  readonly cell: string;
  readonly label: string;
  readonly blend: Blend;
  readonly value: number; // mean over seeds
  readonly se?: number; // of that mean
  readonly n: number; // seeds
}

export interface TriangleSurface {
  readonly at: Field;
  /** Values on the better side of it lie within one standard error of the best fitted one. */
  readonly nearBest: number;
}

interface TriangleProps {
  readonly title: string;
  readonly cells: readonly TriangleCell[];
  readonly surface?: TriangleSurface | undefined; // left out: there is none, or its fit is rejected
  readonly noSurface?: string; // why, in one sentence
  readonly lowerIsBetter: boolean;
  readonly valueText: NumberText;
  readonly sample: string;
}

const PARTS = 48; // of a side: outlines are smooth at a paper’s width
const LEVELS = 7;
const SIDE_ROOM = 40; // px for what stands beyond the lower corners
const [TOP, BOTTOM] = [24, 26];
const HEIGHT = Math.sqrt(3) / 2;
const LOOK = { colour: "var(--ink)", marker: "circle" } as const;

export function trianglePicture({
  title,
  cells,
  surface,
  lowerIsBetter,
  valueText,
  ...props
}: TriangleProps): MarksPicture {
  const { noSurface = "", sample } = props;
  /** With as many digits as it takes to be no 0. */
  const errorText = (se: number) =>
    /[1-9]/.test(valueText(se)) ? valueText(se) : axisOf(valueText)(Number(se.toPrecision(1)));
  const seText = ({ se }: TriangleCell) => (se === undefined ? "" : ` ± ${errorText(se)}`);
  const mixText = ({ blend }: TriangleCell) => {
    const shares = percents(blend);
    return CORNERS.flatMap((kind, i) =>
      blend[i]! > 0 ? [`${shares[i]!} ${kindFacts(kind).short.toLowerCase()}`] : [],
    ).join(", ");
  };
  const note = (cell: TriangleCell) =>
    `${cell.label}: ${valueText(cell.value)}${seText(cell)} (${cell.n === 1 ? "1 seed" : `${cell.n} seeds`}); ${mixText(cell)}.`;
  const draw = (size: PlotSize): Drawing => {
    const frame = frameOf(size);
    const marks = cells.map((cell) => ({ id: cell.cell, ...frame.place(cell.blend), note: note(cell) }));
    const fits = frame.side > (cells.length > 10 ? 460 : 260);
    return {
      marks,
      picture: (marked) => (
        <>
          {surface && <Shade {...{ surface, frame, lowerIsBetter }} tickText={axisOf(valueText)} />}
          <Ground {...{ frame }} />
          {cells.map((cell, i) => (
            <g key={cell.cell}>
              <Mark look={LOOK} {...marks[i]!} isMarked={cell.cell === marked} />
              <ValueText
                {...marks[i]!}
                isAbove={cell.blend[2] === 0}
                text={`${valueText(cell.value)}${fits ? seText(cell) : ""}`}
              />
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
    shape: "square",
    description: surface
      ? `Dots: what was measured, mean ± standard error. Shade: the fitted surface, stronger is better. Dashed: within one standard error of the best fitted mix.`
      : `Dots: what was measured, mean ± standard error; ${lowerIsBetter ? "lower" : "higher"} is better. ${noSurface}`,
    idle: "Point at a dot, or use the arrow keys.",
    empty: cells.length === 0 ? "The triangle fills as cells finish." : undefined,
    numbers: () =>
      foldedNumbers(
        [
          "Cell",
          ...CORNERS.map((kind) => kindFacts(kind).short),
          "mean",
          "standard error",
          "seeds",
          "fitted",
        ],
        cells.map(({ cell, label, blend, value, se, n }) => ({
          id: cell,
          label,
          cells: [...blend, value, se ?? "", n, surface?.at(blend) ?? ""],
        })),
      ),
  };
}

interface TriangleFrame {
  readonly side: number;
  readonly place: (blend: Blend) => { readonly x: number; readonly y: number };
}

function frameOf({ width, height }: PlotSize): TriangleFrame {
  const side = Math.max(40, Math.min(width - 2 * SIDE_ROOM, (height - TOP - BOTTOM) / HEIGHT));
  const left = (width - side) / 2;
  const place = (blend: Blend) => {
    const { x, y } = toPoint(blend);
    return { x: left + x * side, y: TOP + y * side };
  };
  return { side, place };
}

const pathOf = (outlines: readonly Outline[], { place }: TriangleFrame) =>
  outlines
    .map((outline) => {
      const points = outline.map(place).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
      return `M${points.join("L")}z`;
    })
    .join("");

interface ShadeProps {
  readonly surface: TriangleSurface;
  readonly frame: TriangleFrame;
  readonly lowerIsBetter: boolean;
  readonly tickText: NumberText;
}

/** From the worst level to the best each region is painted over the one before. */
function Shade({ surface, frame, lowerIsBetter, tickText }: ShadeProps) {
  const sign = lowerIsBetter ? -1 : 1;
  const good: Field = (blend) => sign * surface.at(blend);
  const [low, high] = rangeOf(good);
  const levels = niceTicks(low, high, LEVELS + 1).slice(0, -1);
  const fill = (i: number) =>
    `color-mix(in oklab, var(--strength) ${Math.round((85 * (i + 1)) / levels.length)}%, var(--well))`;
  return (
    <>
      {levels.map((level, i) => (
        <path
          key={level}
          d={pathOf(levelRegion(good, i === 0 ? low : level, PARTS), frame)}
          fill={fill(i)}
          fillRule="evenodd"
        />
      ))}
      <path
        d={pathOf(levelRegion(good, sign * surface.nearBest, PARTS), frame)}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={1.75}
        strokeDasharray="5 3"
      />
      <g fontSize={11}>
        {levels.toReversed().map((level, row) => (
          <g key={level}>
            <rect x={4} y={4 + 15 * row} width={14} height={15} fill={fill(levels.length - 1 - row)} />
            <text x={23} y={15 + 15 * row} fill="var(--ink-soft)">
              {`${lowerIsBetter ? "up to" : "from"} ${tickText(sign * level)}`}
            </text>
          </g>
        ))}
      </g>
    </>
  );
}

function rangeOf(field: Field): readonly [number, number] {
  const values = Array.from({ length: PARTS + 1 }, (_, j) =>
    Array.from({ length: PARTS + 1 - j }, (__, i) => field([(PARTS - i - j) / PARTS, i / PARTS, j / PARTS])),
  ).flat();
  return [Math.min(...values), Math.max(...values)];
}

/** Lines of equal share at a quarter, a half and three quarters, the edge, and the names of the kinds. */
function Ground({ frame }: { readonly frame: TriangleFrame }) {
  const { place } = frame;
  const line = (from: Blend, to: Blend) => {
    const [a, b] = [place(from), place(to)];
    return `M${a.x},${a.y}L${b.x},${b.y}`;
  };
  const grid = [0.25, 0.5, 0.75].flatMap((share) => [
    line([share, 1 - share, 0], [share, 0, 1 - share]),
    line([1 - share, share, 0], [0, share, 1 - share]),
    line([1 - share, 0, share], [0, 1 - share, share]),
  ]);
  const corners = [place([1, 0, 0]), place([0, 1, 0]), place([0, 0, 1])];
  return (
    <>
      <path d={grid.join("")} fill="none" stroke="var(--ink-soft)" strokeOpacity={0.35} strokeWidth={0.75} />
      <path
        d={`M${corners.map(({ x, y }) => `${x},${y}`).join("L")}z`}
        fill="none"
        stroke="var(--ink-soft)"
      />
      {CORNERS.map((kind, i) => (
        <text
          key={kind}
          x={corners[i]!.x}
          y={TRIANGLE[i]!.y === 0 ? corners[i]!.y - 11 : corners[i]!.y + 19}
          textAnchor="middle"
          fontSize={12}
          fontWeight={600}
          fill="var(--ink)"
        >
          {kindFacts(kind).label}
        </text>
      ))}
    </>
  );
}

interface ValueTextProps {
  readonly x: number;
  readonly y: number;
  readonly isAbove: boolean;
  readonly text: string;
}

/** On a ground of its own, since the shade behind it may be dark. */
function ValueText({ x, y, isAbove, text }: ValueTextProps) {
  const width = text.length * LETTER + 6;
  const top = isAbove ? y - 24 : y + 9;
  return (
    <g fontSize={11}>
      <rect
        x={x - width / 2}
        y={top}
        width={width}
        height={15}
        rx={3}
        fill="var(--card)"
        fillOpacity={0.85}
      />
      <text x={x} y={top + 11.5} textAnchor="middle" fill="var(--ink)">
        {text}
      </text>
    </g>
  );
}
