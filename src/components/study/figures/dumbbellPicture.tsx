// One measure of two cells in every language, joined: languages in groups, each with its mean. Averages nothing.
import { niceTicks } from "../../../core/series/niceTicks.ts";
import { foldedNumbers } from "../../charts/foldedNumbers.ts";
import { axisOf, changeText, type NumberText } from "../../words/numberText.ts";
import { Mark } from "./Estimate.tsx";
import { ROW, type Drawing, type MarksPicture, type PlotSize } from "./picture.ts";
import { along, AxisX, fitted, LETTER, type PlotScale } from "./PlotAxes.tsx";
import { labelsRoom, RowLabels, rowMiddle, rowsBottom, type PlotRow } from "./RowLabels.tsx";

export interface DumbbellRow {
  readonly id: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

export interface DumbbellGroup {
  readonly title: string; // "Low-resource languages"
  readonly rows: readonly DumbbellRow[];
  readonly mean?: Omit<DumbbellRow, "id" | "label">;
}

interface DumbbellProps {
  readonly title: string;
  readonly groups: readonly DumbbellGroup[];
  readonly from: string; // what the hollow circles are
  readonly to: string; // what the filled diamonds are
  readonly lowerIsBetter: boolean;
  readonly valueHead: string;
  readonly valueText: NumberText;
  readonly sample: string;
}

const KEY = 18; // px of what the marks are, below the axis

const FROM = { colour: "var(--ink-soft)", marker: "circle" } as const;
const TO = { colour: "var(--series-6)", marker: "diamond" } as const;

interface Line extends PlotRow {
  readonly group: string;
  readonly row?: DumbbellRow; // a heading without a mean has none
}

export function dumbbellPicture({
  title,
  groups,
  from,
  to,
  lowerIsBetter,
  valueHead,
  valueText,
  sample,
}: DumbbellProps): MarksPicture {
  const lines = groups.flatMap(({ title: group, rows, mean }): Line[] => [
    {
      group,
      label: group,
      isHeading: true,
      ...(mean && { row: { id: group, label: `${group}, mean`, ...mean } }),
    },
    ...rows
      .toSorted((a, b) => b.to - b.from - (a.to - a.from))
      .map((row): Line => ({ group, label: row.label, row })),
  ]);
  const ends = lines.flatMap(({ row }) => (row ? [row.from, row.to] : []));
  const draw = ({ width, height }: PlotSize): Drawing => {
    const room = labelsRoom(lines, width);
    const scale: PlotScale = {
      ticks: niceTicks(Math.min(...ends), Math.max(...ends), width < 480 ? 5 : 7),
      from: room + 8,
      to: width - 14,
    };
    const place = along(scale);
    const bottom = rowsBottom(height) - KEY;
    const marks = lines.flatMap(({ row, group }, at) =>
      row
        ? [
            {
              id: `${group} ${row.id}`,
              x: place(row.to),
              y: rowMiddle(at),
              note: `${row.label}: ${from} ${valueText(row.from)}, ${to} ${valueText(row.to)}, ${changeText(row.to - row.from, valueText)}.`,
            },
          ]
        : [],
    );
    return {
      marks,
      picture: (marked) => (
        <>
          <AxisX {...{ scale }} text={axisOf(valueText)} label={valueHead} low={0} high={bottom} />
          <Key {...{ from, to, y: height - 8, width }} better={lowerIsBetter ? "left" : "right"} />
          <RowLabels rows={lines} {...{ room }} />
          {lines.map(({ row, group, isHeading }, at) => {
            if (!row) return null;
            const isMarked = `${group} ${row.id}` === marked;
            const [x1, x2, y] = [place(row.from), place(row.to), rowMiddle(at)];
            return (
              <g key={at}>
                <line
                  x1={x1}
                  x2={x2}
                  y1={y}
                  y2={y}
                  stroke="var(--ink-soft)"
                  strokeWidth={isHeading ? 3 : 1.5}
                />
                <Mark look={FROM} x={x1} y={y} isHollow {...{ isMarked }} />
                <Mark look={TO} x={x2} y={y} {...{ isMarked }} />
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
    shape: { rows: lines.length + KEY / ROW },
    description: `From ${from} (hollow) to ${to} (filled) in each language, largest gain first; a group’s own line is its mean.`,
    idle: "Point at a diamond, or use the arrow keys.",
    empty: ends.length === 0 ? "One line per language appears here as cells finish." : undefined,
    numbers: () =>
      foldedNumbers(
        ["Language", "group", from, to, "difference"],
        lines.flatMap(({ row, group }) =>
          row
            ? [
                {
                  id: `${group} ${row.id}`,
                  label: row.label,
                  cells: [group, row.from, row.to, row.to - row.from],
                },
              ]
            : [],
        ),
      ),
  };
}

interface KeyProps extends Pick<DumbbellProps, "from" | "to"> {
  readonly better: string;
  readonly y: number;
  readonly width: number;
}

/** What the two marks are, under the axis. */
function Key({ from, to, better, y, width }: KeyProps) {
  const second = Math.min(44 + from.length * LETTER, 0.4 * width);
  const room = width - second - 20;
  return (
    <g fontSize={11} fill="var(--ink)">
      <Mark look={FROM} x={10} y={y - 4} isHollow />
      <text x={20} y={y}>
        {fitted(from, second - 34)}
      </text>
      <Mark look={TO} x={second} y={y - 4} />
      <text x={second + 10} y={y}>
        {fitted(`${to}; ${better} is better`, room)}
      </text>
    </g>
  );
}
