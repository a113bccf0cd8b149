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
    <g fontSize={11}>
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

/** Two lines are smaller, and as far above the middle of the row as below it. */
function Lines({ label, room }: { readonly label: string; readonly room: number }) {
  const lines = wrapLabel(label, Math.max(2, Math.floor((room - 10) / LETTER)));
  if (lines.length === 1) return lines[0];
  return lines.map((line, i) => (
    <tspan key={i} x={room - 8} dy={i === 0 ? -5 : 10} fontSize={9.5}>
      {line}
    </tspan>
  ));
}
