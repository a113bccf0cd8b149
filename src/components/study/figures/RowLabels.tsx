// The left column of a picture in rows: a name for each, cut where it is too long; headings stand out. Draws no mark.
import { AXIS, ROW } from "./MarksFigure.tsx";
import { fitted, LETTER } from "./PlotAxes.tsx";

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
          {isHeading ? label : fitted(label, room - 10)}
        </text>
      ))}
    </g>
  );
}
