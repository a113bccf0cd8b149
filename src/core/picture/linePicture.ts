// Lines over steps as an SVG drawing: axes, bands, marks, names at the ends. Colours are tokens of whoever shows it. Pure text.
import { wholeText } from "../numbersIn.ts";
import { escaped } from "../html/markup.ts";
import { decimateMinMax, type Line } from "../series/decimate.ts";
import { niceTicks } from "../series/niceTicks.ts";
import { spreadLabels } from "../series/spreadLabels.ts";
import { fittedText, LETTER, lineAt, placeOn, round, SMALL, textAt } from "./drawing.ts";
import { markerPath, type LineLook } from "./lineLook.ts";

export interface PictureLine extends LineLook {
  readonly label: string;
  readonly line: Line;
  readonly band?: { readonly low: Line; readonly high: Line } | undefined; // at the steps of the line
  readonly faint?: boolean; // behind the others, without a name
}

export interface LinePicture {
  readonly title: string; // read out
  readonly lines: readonly PictureLine[];
  readonly xMax: number; // steps from 0
  readonly head: string; // what the values are, at their axis
  readonly text: (value: number) => string; // of values at the axis
  readonly from?: "zero" | "data";
}

const [WIDTH, HEIGHT] = [400, 250];
const [LEFT, TOP, BELOW, BESIDE] = [46, 22, 36, 16];
const GAP = 14; // from name to name
const BUCKETS = 150;

/** @returns an <svg> element; "" where no line has a point */
export function linePicture({ title, lines, xMax, head, text, from = "zero" }: LinePicture): string {
  const drawn = lines.filter(({ line }) => line.length > 0);
  if (drawn.length === 0) return "";
  const all = drawn.flatMap(({ line, band }) => [line, ...(band ? [band.low, band.high] : [])]);
  const values = all.flatMap(({ values: own, length }) => own.slice(0, length));
  const lowest = Math.min(...(from === "zero" ? [0] : []), ...values);
  const ticks = niceTicks(lowest, Math.max(lowest, ...values), 6);
  const named = drawn
    .filter(({ faint }) => faint !== true)
    .slice(0, Math.floor((HEIGHT - TOP - BELOW) / GAP));
  const names = named.length > 1 ? named : [];
  const longest = Math.max(0, ...names.map(({ label }) => label.length));
  const room = longest === 0 ? BESIDE : Math.min(26 + longest * LETTER, WIDTH / 3);
  const right = WIDTH - room;
  const x = placeOn([0, xMax], [LEFT, right]);
  const y = placeOn([ticks[0]!, ticks.at(-1)!], [HEIGHT - BELOW, TOP]);
  const xTicks = niceTicks(0, xMax, 6).filter((step) => step <= xMax && Number.isInteger(step));
  const pathOf = (line: Line) =>
    decimateMinMax(line, BUCKETS).map(({ step, value }) => `${round(x(step))},${round(y(value))}`);
  const ends = names.map(({ line }) => y(line.values[line.length - 1]!));
  const places = spreadLabels(ends, GAP, TOP, Math.max(HEIGHT - BELOW, TOP + (names.length - 1) * GAP));
  const parts = [
    ...ticks.map(
      (tick) =>
        lineAt(LEFT, y(tick), right, y(tick), "line") + textAt(LEFT - 6, y(tick) + 4, text(tick), "end"),
    ),
    ...xTicks.map((step) => textAt(x(step), HEIGHT - BELOW + 15, wholeText(step), "middle")),
    textAt((LEFT + right) / 2, HEIGHT - 5, "Step", "middle", "ink"),
    textAt(2, 11, head, "start", "ink"),
    ...drawn.map(({ band, colour }) => {
      if (!band || band.low.length < 2) return "";
      const outline = [...pathOf(band.high), ...pathOf(band.low).reverse()];
      return `<path d="M${outline.join("L")}z" fill="${colour}" fill-opacity=".16"/>`;
    }),
    ...drawn.map(({ line, colour, dash, faint = false }) => {
      const points = pathOf(line);
      const style = `stroke="${colour}" stroke-width="${faint ? 1 : 2}" stroke-opacity="${faint ? 0.3 : 1}"`;
      const dashes = dash === undefined || faint ? "" : ` stroke-dasharray="${dash}"`;
      return points.length < 2 ? "" : `<path d="M${points.join("L")}" fill="none" ${style}${dashes}/>`;
    }),
    ...drawn.map(({ line, colour, marker, faint = false }) => {
      if (faint || !marker) return "";
      const few = line.length <= 12 ? line.steps.slice(0, line.length).map((_, i) => i) : [line.length - 1];
      const d = few.map((i) => markerPath(marker, round(x(line.steps[i]!)), round(y(line.values[i]!)), 3.2));
      return `<path d="${d.join("")}" fill="${colour}"/>`;
    }),
    ...names.map(({ label, colour, marker }, i) => {
      const at = places[i]!;
      const mark = marker
        ? `<path d="${markerPath(marker, right + 11, round(at), 3.5)}" fill="${colour}"/>`
        : "";
      return mark + textAt(right + 19, at + 4, fittedText(label, room - 20), "start", "ink");
    }),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" font-size="${SMALL}" role="img" aria-label="${escaped(title)}">${parts.join("")}</svg>`;
}
