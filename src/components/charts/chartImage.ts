// A chart of the page as an SVG or PNG file: reads what is drawn, as it is drawn. Changes nothing on the page.
// Fetched when it is asked for.
import { withPngText } from "../../core/export/pngText.ts";
import { svgFigure, type LegendEntry } from "../../core/export/svgFigure.ts";
import { escapeXml } from "../../core/html/escapeXml.ts";
import { PAPER_WIDTHS, PX_PER_MM, type PictureSize } from "./pictureSize.ts";
import { plainColour } from "./plainColour.ts";
import { svgPng } from "./svgPng.ts";

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

/** A grid, which the page draws as a table: a rectangle and a text per cell, as far as that is shown there. */
function plotOfTable(table: HTMLTableElement): Plot {
  const frame = table.getBoundingClientRect();
  const parts = [...table.querySelectorAll<HTMLElement>("th, td")].map((cell) => {
    const box = cell.getBoundingClientRect();
    const words = cell.querySelector<HTMLElement>("abbr, span") ?? cell;
    const { backgroundColor } = getComputedStyle(cell);
    const { fontSize, color, position, writingMode } = getComputedStyle(words);
    const [x, y] = [box.left - frame.left, box.top - frame.top];
    const text = words.textContent.trim();
    const fill = plainColour(backgroundColor);
    const rect = `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" fill="${fill}"/>`;
    const size = Number.parseFloat(fontSize);
    // Numbers without room are on the page for those who do not see it.
    if (text === "" || size === 0 || position === "absolute") return rect;
    const [middleX, middleY] = [x + box.width / 2, y + box.height / 2];
    const turn = writingMode.startsWith("vertical") ? ` transform="rotate(-90 ${middleX} ${middleY})"` : "";
    const room = turn === "" ? box.width : box.height;
    const letters = Math.max(1, Math.floor(room / (0.5 * size)));
    const shown = text.length > letters + 1 ? `${text.slice(0, letters)}…` : text;
    const place = `x="${middleX}" y="${middleY + size * 0.35}" text-anchor="middle"${turn}`;
    return `${rect}<text ${place} font-size="${size}" fill="${plainColour(color)}">${escapeXml(shown)}</text>`;
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

/** Runs while the figure is drawn as wide as on paper, in light colours; then it is as it was. */
async function onPaper<T>(figure: HTMLElement, widthMm: number, read: () => T): Promise<T> {
  const plot = figure.querySelector<HTMLElement>(".chart-plot");
  const before = [figure.style.cssText, plot?.style.cssText] as const;
  figure.style.colorScheme = "light";
  figure.style.setProperty("--card", "#fff");
  if (plot) {
    const { height } = plot.getBoundingClientRect();
    const width = Math.round(widthMm * PX_PER_MM);
    const own = { own: height, square: 0.9 * width }[plot.dataset["height"] ?? ""] ?? 90 + width / 3;
    plot.style.cssText += `;flex: none; max-width: none; width: ${width}px; height: ${Math.round(own)}px`;
  }
  try {
    await new Promise((drawn) => setTimeout(drawn, plot ? DRAWN_MS : 0)); // recharts learns of its width, then draws
    return read();
  } finally {
    figure.style.cssText = before[0];
    if (plot) plot.style.cssText = before[1]!;
  }
}
const DRAWN_MS = 150;

/** The figure in a size: as it stands on the page, theme, hidden lines and all; or as a paper prints it. */
export async function figureSvg(figure: HTMLElement, recipe: unknown, size: PictureSize): Promise<string> {
  if (size === "as shown") return svgOf(figure, recipe);
  const widthMm = PAPER_WIDTHS[size];
  return onPaper(figure, widthMm, () => svgOf(figure, recipe, widthMm));
}

/** @throws Error with one sentence if there is nothing to draw yet */
function svgOf(figure: HTMLElement, recipe: unknown, widthMm?: number): string {
  const ends = [...figure.querySelectorAll(".endLabels text")].map(({ textContent }) => textContent);
  const namesLines = ends.length > 0 && !ends.some((name) => name.endsWith("…"));
  const style = getComputedStyle(figure);
  return svgFigure({
    title: textOf(figure, "figcaption h3"),
    description: textOf(figure, "figcaption p"),
    legend: widthMm !== undefined && namesLines ? [] : legendOf(figure),
    plot: plotOf(figure),
    sample: [textOf(figure, ".compare-words"), textOf(figure, ".chart-sample")].filter(Boolean).join(" "),
    recipe,
    widthMm,
    colours: {
      paper: plainColour(style.backgroundColor),
      ink: plainColour(style.color),
      inkSoft: plainColour(getComputedStyle(figure.querySelector("figcaption p") ?? figure).color),
    },
    font: "Inter, system-ui, sans-serif",
  });
}

const SCALE = 2; // pixels of the file per pixel of the page
const PAPER_SCALE = 600 / 96; // 600 dots an inch

/** @throws Error with one sentence if the browser cannot paint it */
export async function figurePng(
  svg: string,
  recipe: unknown,
  size: PictureSize,
): Promise<Uint8Array<ArrayBuffer>> {
  const png = await svgPng(svg, size === "as shown" ? SCALE : PAPER_SCALE);
  return withPngText(png, "Description", JSON.stringify(recipe));
}
