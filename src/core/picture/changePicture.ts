// Values before and now in rows, as an SVG drawing: an open dot, a line, a full dot. Colours are tokens of whoever shows it.
import { escaped } from "../html/markup.ts";
import { niceTicks } from "../series/niceTicks.ts";
import { fittedText, LETTER, lineAt, placeOn, round, SMALL, textAt } from "./drawing.ts";

export interface ChangeRow {
  readonly label: string;
  readonly before: number | undefined;
  readonly now: number;
}

interface ChangePicture {
  readonly title: string; // read out
  readonly rows: readonly ChangeRow[];
  readonly head: string; // what the values are, at their axis
  readonly text: (value: number) => string;
}

const END = 18; // half a number, right of the axis
const [WIDTH, ROW, TOP, BELOW] = [400, 20, 4, 36];

/** @returns an <svg> element; "" where there is no row */
export function changePicture({ title, rows, head, text }: ChangePicture): string {
  if (rows.length === 0) return "";
  const left = Math.min(12 + LETTER * Math.max(...rows.map(({ label }) => label.length)), 0.4 * WIDTH);
  const ticks = niceTicks(0, Math.max(1e-6, ...rows.flatMap(({ before = 0, now }) => [before, now])), 6);
  const x = placeOn([ticks[0]!, ticks.at(-1)!], [left, WIDTH - END]);
  const low = TOP + rows.length * ROW;
  const parts = [
    textAt((left + WIDTH - END) / 2, low + 31, head, "middle", "ink"),
    ...ticks.map(
      (tick) => lineAt(x(tick), TOP, x(tick), low, "line") + textAt(x(tick), low + 15, text(tick), "middle"),
    ),
    ...rows.map(({ label, before, now }, i) => {
      const y = TOP + (i + 0.5) * ROW;
      const name = textAt(left - 8, y + 4, fittedText(label, left - 8), "end", "ink");
      const dot = (at: number, fill: string) =>
        `<circle cx="${round(x(at))}" cy="${y}" r="4" fill="${fill}" stroke="var(--ink)" stroke-width="1.5"/>`;
      const way =
        before === undefined ? "" : lineAt(x(before), y, x(now), y, "ink", 2) + dot(before, "var(--card)");
      return name + way + dot(now, "var(--ink)");
    }),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${low + BELOW}" font-size="${SMALL}" role="img" aria-label="${escaped(title)}">${parts.join("")}</svg>`;
}
