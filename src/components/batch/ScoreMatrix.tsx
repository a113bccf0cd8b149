// Questions by answers of a batch as coloured cells: scores, or who is pulled and who pushed. Knows no store.
import { memo, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { BatchScores } from "../../core/run/views.ts";
import { hoverEnd } from "../controls/hoverEnd.ts";
import { cellAt, cellWords, PULL_COLOUR, PUSH_COLOUR, SCORE_COLOUR } from "./scoreLook.ts";

export interface ScoreMatrixProps {
  readonly scores: BatchScores;
  readonly picture: "scores" | "pulls";
  readonly row: number | undefined; // chosen
  readonly onRow: (row: number) => void;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

export function ScoreMatrix({ scores, picture, row, onRow }: ScoreMatrixProps) {
  const [pointed, setPointed] = useState<Cell>();
  const [n, m] = [scores.rows.length, scores.answers.length];
  const cellOf = ({ currentTarget, clientX, clientY }: MouseEvent): Cell => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const within = (part: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    return { row: within((clientY - top) / height, n), column: within((clientX - left) / width, m) };
  };
  const move = (event: KeyboardEvent) => {
    const next = NEXT[event.key]?.(row ?? -1, n);
    if (next === undefined) return;
    event.preventDefault();
    onRow(Math.min(n - 1, Math.max(0, next)));
  };
  return (
    <div className="scoreMatrix">
      <div
        className="chart-plot"
        role="group"
        tabIndex={0}
        aria-label={`Scores of ${n} questions and ${m} answers. Arrow keys choose a question.`}
        onKeyDown={move}
      >
        <svg
          className="plotSurface"
          viewBox={`0 0 ${m} ${n}`}
          preserveAspectRatio="none"
          aria-hidden
          onPointerMove={(event) => setPointed(cellOf(event))}
          onPointerDown={(event) => setPointed(cellOf(event))}
          onPointerLeave={hoverEnd(() => setPointed(undefined))}
          onClick={(event) => onRow(cellOf(event).row)}
        >
          <Cells scores={scores} picture={picture} />
          {row !== undefined && (
            <rect
              x={0}
              y={row}
              width={m}
              height={1}
              fill="none"
              stroke="var(--ink)"
              strokeWidth={2}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
      </div>
      <p className="scoreMatrix-readout" data-idle={pointed === undefined || undefined}>
        {pointed && pointed.row < n && pointed.column < m
          ? cellWords(scores, pointed.row, pointed.column)
          : "Rows ↓ questions, columns → answers. Outlined: right answers."}
      </p>
    </div>
  );
}

const NEXT: Readonly<Record<string, (row: number, n: number) => number>> = {
  ArrowUp: (row) => row - 1,
  ArrowDown: (row) => row + 1,
  Home: () => 0,
  End: (_, n) => n - 1,
};

const Cells = memo(({ scores, picture }: Pick<ScoreMatrixProps, "scores" | "picture">) => {
  const { rows, answers, cosines } = scores;
  const low = cosines.reduce((a, b) => Math.min(a, b), Infinity);
  const high = cosines.reduce((a, b) => Math.max(a, b), -Infinity);
  return rows.map((_, row) =>
    answers.map((_, column) => {
      const { cosine, pull, role } = cellAt(scores, row, column);
      // The square root keeps small pushes visible beside the one that matters.
      const strength = picture === "scores" ? (cosine - low) / (high - low || 1) : Math.sqrt(Math.abs(pull));
      const colour = picture === "scores" ? SCORE_COLOUR : pull < 0 ? PULL_COLOUR : PUSH_COLOUR;
      return (
        <g key={`${row} ${column}`}>
          <rect
            x={column + 0.04}
            y={row + 0.04}
            width={0.92}
            height={0.92}
            style={{
              fill: `color-mix(in oklab, ${colour} ${(100 * strength).toFixed(1)}%, var(--well))`,
            }}
            {...(role === "right" && {
              stroke: "var(--ink)",
              strokeWidth: 1.25,
              vectorEffect: "non-scaling-stroke",
            })}
          />
          {role === "neither" && (
            <path
              d={`M${column + 0.1},${row + 0.9}l0.8,-0.8`}
              stroke="var(--ink-soft)"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </g>
      );
    }),
  );
});
