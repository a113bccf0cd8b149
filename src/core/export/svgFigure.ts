// A chart as a picture that stands alone: title, legend, plot, what n is, and the recipe in its metadata. Draws no plot.
import { escapeXml } from "../html/escapeXml.ts";

export interface LegendEntry {
  readonly label: string;
  readonly colour: string; // a plain CSS colour
  readonly dash?: string | undefined; // of the stroke
}

export interface FigureParts {
  readonly title: string;
  readonly description: string;
  readonly legend: readonly LegendEntry[];
  readonly plot: { readonly svg: string; readonly width: number; readonly height: number }; // an <svg> element
  readonly sample: string; // n, seeds, intervals
  readonly recipe: unknown; // what made the numbers; written as JSON
  readonly colours: { readonly paper: string; readonly ink: string; readonly inkSoft: string };
  readonly font: string;
  /** Printed so wide, without sentences: those belong to the caption of a paper. Left out: as large as on the page. */
  readonly widthMm?: number | undefined;
}

/** About the width of a text in the interface's face: its letters average half an em. */
const textWidth = (text: string, size: number) => Array.from(text).length * size * 0.54;

/** Breaks at spaces so that no line is longer than `width`, unless a single word is. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const PAD = 16;
const SWATCH = 22;

/** A complete SVG file; its size fits the plot and the words around it. */
export function svgFigure(parts: FigureParts): string {
  const { title, description, legend, plot, sample, recipe, colours, font, widthMm } = parts;
  const forPaper = widthMm !== undefined;
  const pad = forPaper ? 2 : PAD;
  const width = plot.width + 2 * pad;
  const inner = plot.width;
  let y = pad;
  const body: string[] = [];
  const write = (lines: readonly string[], size: number, colour: string, weight = 400) => {
    for (const line of lines) {
      y += size * 1.35;
      body.push(
        `<text x="${pad}" y="${round(y - size * 0.3)}" font-size="${size}" font-weight="${weight}" fill="${escapeXml(colour)}">${escapeXml(line)}</text>`,
      );
    }
  };
  const size = forPaper ? 11 : 15;
  write(wrapText(title, inner, size), size, colours.ink, forPaper ? 400 : 600);
  if (!forPaper) write(wrapText(description, inner, 12), 12, colours.inkSoft);
  y += 6;
  let x = pad;
  for (const { label, colour, dash } of legend) {
    const entry = SWATCH + textWidth(label, 12) + 14;
    if (x > pad && x + entry > pad + inner) {
      x = pad;
      y += 18;
    }
    const stroke = dash === undefined ? "" : ` stroke-dasharray="${escapeXml(dash)}"`;
    body.push(
      `<line x1="${round(x)}" x2="${round(x + SWATCH - 6)}" y1="${round(y + 8)}" y2="${round(y + 8)}" stroke="${escapeXml(colour)}" stroke-width="3"${stroke}/>`,
      `<text x="${round(x + SWATCH)}" y="${round(y + 12)}" font-size="12" fill="${escapeXml(colours.ink)}">${escapeXml(label)}</text>`,
    );
    x += entry;
  }
  if (legend.length > 0) y += 24;
  body.push(`<g transform="translate(${pad} ${round(y)})">${plot.svg}</g>`);
  y += plot.height + 6;
  if (!forPaper) write(wrapText(sample, inner, 11), 11, colours.inkSoft);
  const height = Math.ceil(y + pad);
  const scale = forPaper ? widthMm / width : 1;
  const unit = forPaper ? "mm" : "";
  const [printedWidth, printedHeight] = [width, height].map((px) => `${round(px * scale)}${unit}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${printedWidth}" height="${printedHeight}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(font)}">
<title>${escapeXml(title)}</title>
<metadata>${escapeXml(JSON.stringify(recipe))}</metadata>
<rect width="100%" height="100%" fill="${escapeXml(colours.paper)}"/>
${body.join("\n")}
</svg>
`;
}

const round = (value: number) => Math.round(value * 10) / 10;
