// A figure's SVG file as a PDF of one page, as large as the figure: lines stay lines, text stays text in an embedded face. For
// LaTeX, which takes no SVG. Fetched when it is asked for.
import { jsPDF } from "jspdf";
import { svg2pdf } from "svg2pdf.js";
import { LAB_VERSION } from "../../core/labVersion.ts";
import fontAddress from "./figureFont.ttf?url";

export interface FigurePdf {
  readonly bytes: ArrayBuffer;
  /** Texts that stand in it as pictures, since the face lacks letters of theirs: Chinese, Arabic and others. */
  readonly pictured: number;
}

const FACE = "Inter Variable"; // the page's own, so that the browser measures what the file shows
const PT_PER_PX = 0.75;
const PT_PER_MM = 72 / 25.4;

/** @param svg as `figureSvg` makes it @throws Error if the face cannot be fetched */
export async function figurePdf(svg: string, title: string, recipe: unknown): Promise<FigurePdf> {
  const drawn = mounted(svg);
  try {
    const [width, height] = [pointsOf(drawn, "width"), pointsOf(drawn, "height")];
    const pdf = new jsPDF({
      unit: "pt",
      format: [width, height],
      orientation: width > height ? "landscape" : "portrait",
      compress: true,
      putOnlyUsedFonts: true,
    });
    pdf.setDocumentProperties({
      title,
      subject: asciiJson(recipe),
      creator: `Hybrid Batch Lab ${LAB_VERSION}`,
    });
    pdf.addFileToVFS("figureFont.ttf", await faceBytes());
    pdf.addFont("figureFont.ttf", FACE, "normal");
    pdf.setFont(FACE, "normal");
    plain(drawn);
    const pictured = picturedTexts(drawn, lettersOf(pdf));
    await svg2pdf(drawn, pdf, { width, height });
    return { bytes: pdf.output("arraybuffer"), pictured };
  } finally {
    drawn.parentElement?.remove();
  }
}

/** In the page, unseen: texts are measured there. */
function mounted(svg: string): SVGSVGElement {
  const place = document.createElement("div");
  place.style.cssText = "position: absolute; visibility: hidden; width: 0; height: 0; overflow: hidden";
  place.append(
    document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true),
  );
  document.body.append(place);
  return place.firstElementChild as SVGSVGElement; // what was parsed
}

function pointsOf(drawn: SVGSVGElement, side: "width" | "height"): number {
  const text = drawn.getAttribute(side) ?? "";
  return Number.parseFloat(text) * (text.endsWith("mm") ? PT_PER_MM : PT_PER_PX);
}

/** jsPDF writes a text of single bytes as it is. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

let face: Promise<string> | undefined;

/** As jsPDF keeps files: base64. */
function faceBytes(): Promise<string> {
  face ??= (async () => {
    const response = await fetch(fontAddress);
    if (!response.ok) throw new Error(`The font for PDF files could not be fetched (${response.status})`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    let text = "";
    for (let i = 0; i < bytes.length; i += 0x8000)
      text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text);
  })();
  face.catch(() => (face = undefined)); // asked again next time
  return face;
}

/** Whether the face has a letter. jsPDF's types leave out what it parsed. */
function lettersOf(pdf: jsPDF): (letter: string) => boolean {
  const { metadata } = pdf.getFont() as unknown as {
    readonly metadata: { readonly characterToGlyph: (code: number) => number };
  };
  return (letter) => metadata.characterToGlyph(letter.codePointAt(0)!) > 0;
}

/** One face in one weight, and see-through colours as a colour and an opacity: svg2pdf knows no others. */
function plain(drawn: SVGSVGElement): void {
  drawn.setAttribute("font-family", FACE);
  for (const element of [drawn, ...drawn.querySelectorAll("*")]) {
    element.removeAttribute("font-weight");
    for (const paint of ["fill", "stroke"] as const) {
      const found = /^rgba\((.+), ([\d.]+)\)$/.exec(element.getAttribute(paint) ?? "");
      if (!found) continue;
      const opacity = Number(element.getAttribute(`${paint}-opacity`) ?? 1) * Number(found[2]);
      element.setAttribute(paint, `rgb(${found[1]})`);
      element.setAttribute(`${paint}-opacity`, String(opacity));
    }
  }
}

const SHARPNESS = 600 / 96; // pixels of a pictured text per pixel of the page: 600 dots an inch

/** Texts with letters that the face lacks become pictures of what the browser shows. @returns how many */
function picturedTexts(drawn: SVGSVGElement, has: (letter: string) => boolean): number {
  const lacking = [...drawn.querySelectorAll("text")].filter(
    ({ textContent }) => !Array.from(textContent).every((letter) => has(letter)),
  );
  for (const text of lacking) {
    const box = text.getBBox();
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "image");
    for (const name of ["x", "y", "width", "height"] as const) picture.setAttribute(name, String(box[name]));
    const transform = text.getAttribute("transform");
    if (transform !== null) picture.setAttribute("transform", transform);
    picture.setAttribute("href", paintedText(text, box));
    text.replaceWith(picture);
  }
  return lacking.length;
}

function paintedText(text: SVGTextElement, { width, height }: DOMRect): string {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(width * SHARPNESS));
  canvas.height = Math.max(1, Math.ceil(height * SHARPNESS));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot paint a label of this figure; save it as SVG");
  const { fontSize, fill } = getComputedStyle(text);
  pen.scale(canvas.width / width, canvas.height / height);
  pen.font = `${fontSize} "${FACE}", system-ui, sans-serif`;
  pen.fillStyle = fill;
  pen.textBaseline = "middle";
  pen.fillText(text.textContent, 0, height / 2, width);
  return canvas.toDataURL("image/png");
}
