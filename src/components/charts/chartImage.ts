// A chart of the page as an SVG or PNG file: reads what is drawn, as it is drawn. Changes nothing on the page.
import { withPngText } from "../../core/export/pngText.ts";
import { escapeXml, svgFigure, type LegendEntry } from "../../core/export/svgFigure.ts";
import { plainColour } from "./plainColour.ts";

/** What recharts leaves to style sheets and variables, which a file does not have. */
const STYLES = ["fill", "stroke", "font-size", "font-weight"] as const;
const COLOURS: readonly string[] = ["fill", "stroke"];

interface Plot {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The drawing of recharts with its styles written into it. */
function plotOfChart(drawn: SVGSVGElement): Plot {
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [drawn, ...drawn.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const property of STYLES) {
      const value = style.getPropertyValue(property);
      copies[i]!.setAttribute(property, COLOURS.includes(property) ? plainColour(value) : value);
    }
    copies[i]!.removeAttribute("style");
    copies[i]!.removeAttribute("class");
  });
  for (const extra of copy.querySelectorAll("title, desc, .recharts-tooltip-cursor")) extra.remove();
  for (const [name, value] of [
    ["width", width],
    ["height", height],
    ["font-size", 12],
  ] as const)
    copy.setAttribute(name, String(value));
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

/** A grid, which the page draws as a table: a rectangle and a text per cell. */
function plotOfTable(table: HTMLTableElement): Plot {
  const frame = table.getBoundingClientRect();
  const parts = [...table.querySelectorAll<HTMLElement>("th, td")].map((cell) => {
    const box = cell.getBoundingClientRect();
    const style = getComputedStyle(cell);
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    const text = cell.textContent.trim();
    const fill = plainColour(style.backgroundColor);
    const rect = `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" fill="${fill}"/>`;
    if (text === "") return rect;
    const size = Number.parseFloat(style.fontSize);
    const colour = plainColour(style.color);
    const middle = `x="${x + box.width / 2}" y="${y + box.height / 2 + size * 0.35}" text-anchor="middle"`;
    return `${rect}<text ${middle} font-size="${size}" fill="${colour}">${escapeXml(text)}</text>`;
  });
  const { width, height } = frame;
  return { svg: `<svg width="${width}" height="${height}">${parts.join("")}</svg>`, width, height };
}

/** Drawings as they stand to each other on the page. */
function plotOfCharts(charts: readonly SVGSVGElement[]): Plot {
  const boxes = charts.map((chart) => chart.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const placed = charts.map((chart, i) => {
    const shift = `translate(${boxes[i]!.left - left} ${boxes[i]!.top - top})`;
    return `<g transform="${shift}">${plotOfChart(chart).svg}</g>`;
  });
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  return { svg: `<svg width="${width}" height="${height}">${placed.join("")}</svg>`, width, height };
}

function plotOf(figure: HTMLElement): Plot {
  const charts = [
    ...figure.querySelectorAll<SVGSVGElement>(".chart-plot svg.recharts-surface, svg.plotSurface"),
  ];
  if (charts.length === 1) return plotOfChart(charts[0]!);
  if (charts.length > 1) return plotOfCharts(charts);
  const table = figure.querySelector<HTMLTableElement>(".grid table");
  if (table) return plotOfTable(table);
  throw new Error("This chart shows nothing yet");
}

/** Lines that are shown, with their latest value. */
function legendOf(figure: HTMLElement): LegendEntry[] {
  const shown = figure.querySelectorAll<HTMLElement>('.legend button[aria-pressed="true"]');
  return [...shown].slice(0, 40).map((button) => {
    const line = button.querySelector<SVGElement>("svg line, svg path");
    const dash = line?.getAttribute("stroke-dasharray") ?? undefined;
    return {
      label: [...button.querySelectorAll("span, b")]
        .map((part) => part.textContent)
        .join(" ")
        .trim(),
      colour: line ? plainColour(getComputedStyle(line).stroke) : "gray",
      ...(dash !== undefined && { dash }),
    };
  });
}

const textOf = (figure: HTMLElement, selector: string) =>
  figure.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";

/**
 * The figure as it stands on the page: theme, hidden lines and all.
 *
 * @throws Error with one sentence if there is nothing to draw yet
 */
export function figureSvg(figure: HTMLElement, recipe: unknown): string {
  const style = getComputedStyle(figure);
  return svgFigure({
    title: textOf(figure, "figcaption h3"),
    description: textOf(figure, "figcaption p"),
    legend: legendOf(figure),
    plot: plotOf(figure),
    sample: [textOf(figure, ".compare-words"), textOf(figure, ".chart-sample")].filter(Boolean).join(" "),
    recipe,
    colours: {
      paper: plainColour(style.backgroundColor),
      ink: plainColour(style.color),
      inkSoft: plainColour(getComputedStyle(figure.querySelector("figcaption p") ?? figure).color),
    },
    font: "Inter, system-ui, sans-serif",
  });
}

const SCALE = 2; // pixels of the file per pixel of the page: sharp in print

/** @throws Error with one sentence if the browser cannot paint it */
export async function figurePng(svg: string, recipe: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser cannot paint a picture of this size; save it as SVG");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("This browser cannot make a PNG of this size; save it as SVG");
    return withPngText(new Uint8Array(await blob.arrayBuffer()), "Description", JSON.stringify(recipe));
  } finally {
    URL.revokeObjectURL(url);
  }
}
