// The left column of a picture in rows: a name for each, in two lines where it is too long for one; headings stand out. Draws
// no mark.
import { wrapLabel } from "../../../core/study/figures/wrapLabel.ts";
import { AXIS, ROW } from "./picture.ts";
import { LETTER } from "./PlotAxes.tsx";

export interface PlotRow {
  readonly label: string;
  readonly isHeading?: boolean;
}

export const rowMiddle = (row: number) => (row + 0.5) * ROW;
export const rowsBottom = (height: number) => height - AXIS;

/** Px that the names need, at most two fifths of the whole. */
export const labelsRoom = (rows: readonly PlotRow[], width: number) =>
  Math.min(14 + LETTER * Math.max(0, ...rows.map(({ label }) => label.length)), Math.floor(0.4 * width));

interface RowLabelsProps {
  readonly rows: readonly PlotRow[];
  readonly room: number;
  readonly markedRow?: number | undefined;
}

export function RowLabels({ rows, room, markedRow }: RowLabelsProps) {
  return (
    <g fontSize={SIZE}>
      {rows.map(({ label, isHeading = false }, row) => (
        <text
          key={row}
          x={isHeading ? 2 : room - 8}
          y={rowMiddle(row) + 4}
          textAnchor={isHeading ? "start" : "end"}
          fontWeight={isHeading || row === markedRow ? 620 : 400}
          fill="var(--ink)"
        >
          {isHeading ? label : <Lines {...{ label, room }} />}
        </text>
      ))}
    </g>
  );
}

const [SIZE, SMALL] = [11, 9.5]; // px of the letters

/** What is too long for a line is smaller; two lines are as far above the middle of the row as below it. */
function Lines({ label, room }: { readonly label: string; readonly room: number }) {
  const letters = (size: number) => Math.max(2, Math.floor((room - 10) / ((LETTER * size) / SIZE)));
  if (label.length <= letters(SIZE)) return label;
  const lines = wrapLabel(label, letters(SMALL));
  return lines.map((line, i) => (
    <tspan key={i} x={room - 8} dy={lines.length === 1 ? 0 : i === 0 ? -5 : 10} fontSize={SMALL}>
      {line}
    </tspan>
  ));
}
