// A study's pictures as files, drawn without a page: in Node, and for a study's zip in the page. Equal studies give equal bytes.
import { renderToStaticMarkup } from "react-dom/server";
import { svgFigure, type LegendEntry } from "../../core/export/svgFigure.ts";
import type { CellRun } from "../../core/study/studyResult.ts";
import { namedLines } from "../charts/EndLabels.tsx";
import { inPlainColours, LIGHT } from "../charts/paperColours.ts";
import { PAPER_WIDTHS, PX_PER_MM } from "../charts/pictureSize.ts";
import { linesDrawing } from "./figures/linesDrawing.tsx";
import { pictureHeight, type LinesPicture, type StudyPicture } from "./figures/picture.ts";
import { studyPictures, type PicturedStudy } from "./studyPictures.ts";

const WIDTH_MM = PAPER_WIDTHS["two columns"];
const FONT_SIZE = 12;

export interface PictureFile {
  readonly title: string;
  readonly description: string;
  readonly sample: string; // n, seeds, intervals
  readonly svg: string; // a whole file, two columns wide, light
}

/** By a name for its file, without ending, in the order of the page; of the primary measure, those that show something. */
export function figureFiles(given: PicturedStudy): ReadonlyMap<string, PictureFile> {
  const files = new Map<string, PictureFile>();
  const { study } = given;
  const place = ({ cell }: CellRun) => study.cells.findIndex(({ name }) => name === cell);
  const runs = given.runs.toSorted((a, b) => place(a) - place(b) || a.seed - b.seed); // whatever ended first
  const digests = runs.map(({ digest }) => digest);
  for (const picture of studyPictures({ ...given, runs }, study.primary)) {
    if (isEmpty(picture)) continue;
    const { title, description, sample } = picture;
    const recipe = { title, study: study.title, digests };
    files.set(freeName(title, files), { title, description, sample, svg: svgOf(picture, recipe) });
  }
  return files;
}

const isEmpty = (picture: StudyPicture): boolean =>
  picture.kind === "marks"
    ? picture.empty !== undefined
    : picture.series.every(({ line }) => line.length === 0);

function freeName(title: string, taken: ReadonlyMap<string, unknown>): string {
  const plain = title
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain === "" || taken.has(plain) ? `${plain}-${taken.size + 1}` : plain;
}

/** Of lines whose names have no room at their ends. */
const legendOf = ({ series }: LinesPicture): LegendEntry[] =>
  namedLines(series).map(({ label, colour, dash }) => ({ label, colour: inPlainColours(colour), dash }));

function svgOf(picture: StudyPicture, recipe: unknown): string {
  const width = Math.round(WIDTH_MM * PX_PER_MM);
  const height = pictureHeight(picture.kind === "marks" ? picture.shape : "wide", width);
  const size = { width, height };
  const drawn =
    picture.kind === "marks" ? picture.draw(size).picture(undefined) : linesDrawing(picture, size);
  const markup = renderToStaticMarkup(
    <svg {...size} fontSize={FONT_SIZE} stroke="none">
      {drawn}
    </svg>,
  );
  return svgFigure({
    title: picture.title,
    description: picture.description,
    legend: picture.kind === "lines" && markup.includes("…</text>") ? legendOf(picture) : [],
    plot: { svg: inPlainColours(markup).replace(/ class="[^"]*"/g, ""), ...size },
    sample: picture.sample,
    recipe,
    widthMm: WIDTH_MM,
    colours: { paper: LIGHT["card"]!, ink: LIGHT["ink"]!, inkSoft: LIGHT["ink-soft"]! },
    font: "Inter, system-ui, sans-serif",
  });
}
