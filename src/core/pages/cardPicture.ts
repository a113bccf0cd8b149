// A result card: one square picture of a run, to be held up or handed in. The record goes into its file elsewhere.
import { counted } from "../counted.ts";
import { escaped } from "../html/markup.ts";
import { PAGE_COLOURS } from "../html/pageColours.ts";
import { mixRows } from "../naming/mixRows.ts";
import { mixText } from "../naming/mixText.ts";
import { fittedText } from "../picture/drawing.ts";
import { mixPicture } from "../picture/mixPicture.ts";
import { EVAL_METRICS } from "../metrics/metricTable.ts";
import { cellText } from "../metrics/metricText.ts";
import { misfitsOf } from "../record/misfits.ts";
import { recipeCode } from "../record/recipeCode.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { updateSummary } from "../record/runSummary.ts";
import { stepsDone } from "../record/stepsDone.ts";
import { runFigures } from "./runFigures.ts";
import { evalSizeWords } from "./runWords.ts";
import { courseOfRecord } from "../record/courseOfRecord.ts";

const SIDE = 800;
const PAD = 40;
const INNER = SIDE - 2 * PAD;

const words = (x: number, y: number, size: number, text: string, more = ""): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="var(--ink)"${more}>${escaped(text)}</text>`;
const soft = (x: number, y: number, size: number, text: string): string =>
  words(x, y, size, text).replace("--ink)", "--ink-soft)");

/** A drawing at a place, as wide as told. */
const placed = (svg: string, x: number, y: number, width: number, height: number): string =>
  svg.replace("<svg ", `<svg x="${x}" y="${y}" width="${width}" height="${height}" `);

/** @returns a whole SVG file in plain light colours */
export function cardPicture(record: RunRecord): string {
  const { spec, parent, digest, points } = record;
  const code = recipeCode(courseOfRecord(record));
  const summary = updateSummary({}, points, parent?.step);
  const tiles = EVAL_METRICS.filter(({ tile, path }) => tile && summary[path]).slice(0, 5);
  const width = INNER / Math.max(1, tiles.length);
  const numbers = tiles.map((metric, i) => {
    const { before, now } = summary[metric.path]!;
    const x = PAD + i * width;
    const from = before === undefined ? "" : `from ${cellText(metric, before)}`;
    return (
      soft(x, 190, 17, fittedText(metric.tile!.head, width * 0.72)) +
      words(x, 224, 30, cellText(metric, now), ` font-weight="600"`) +
      soft(x, 248, 16, from)
    );
  });
  const [curves] = runFigures(record);
  const body = [
    `<rect width="100%" height="100%" fill="var(--card)"/>`,
    words(PAD, 66, 34, fittedText(mixText(spec), 300), ` font-weight="650"`),
    soft(PAD, 96, 18, `${counted(stepsDone(record), "step")}, seed ${spec.seed}`),
    soft(PAD, 122, 16, fittedText(evalSizeWords(record), 640)),
    misfitsOf({ record }).length > 0
      ? words(
          PAD,
          150,
          16,
          "This record does not fit itself: it was altered after its run, or damaged.",
          ` font-weight="650"`,
        )
      : "",
    placed(mixPicture(mixRows(spec).slice(0, 1)), SIDE - PAD - 300, 40, 300, 38),
    ...numbers,
    placed(curves?.svg ?? "", PAD, 270, INNER, 420),
    soft(PAD, 728, 16, "Recipe"),
    words(PAD, 762, 32, code, ` font-weight="650" letter-spacing="2" font-family="ui-monospace, monospace"`),
    soft(SIDE - PAD - 290, 745, 16, `Digest ${digest.slice(0, 16)}`),
    soft(SIDE - PAD - 290, 768, 16, "Hybrid Batch Lab"),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}" font-family="Inter, system-ui, sans-serif">${body.join("")}</svg>`;
  return svg.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => PAGE_COLOURS[name]?.[0] ?? whole);
}
