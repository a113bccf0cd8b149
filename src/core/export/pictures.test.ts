// Metadata in pictures: what was put in comes out, and the picture stays a picture.
import { crc32 as zlibCrc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, withPngText } from "./pngText.ts";
import { escapeXml } from "../html/escapeXml.ts";
import { svgFigure, wrapText, type FigureParts } from "./svgFigure.ts";

function chunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(zlibCrc32(body));
  return Buffer.concat([head, body, check]);
}
/** One grey pixel: 1 x 1, 8 bits, greyscale. */
const PIXEL = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk("IDAT", deflateSync(Buffer.from([0, 128]))),
  chunk("IEND", Buffer.alloc(0)),
]);

/** Every chunk of a PNG file, its CRC held against zlib's. */
function chunksOf(png: Uint8Array): { name: string; data: Buffer }[] {
  const bytes = Buffer.from(png);
  const found = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(zlibCrc32(body));
    found.push({ name: body.toString("latin1", 0, 4), data: body.subarray(4) });
    at += 12 + length;
  }
  return found;
}

describe("withPngText", () => {
  it("adds one chunk of UTF-8 before the end and changes nothing else", () => {
    const chunks = chunksOf(withPngText(PIXEL, "Description", "mAP of Kiswahili: .412 – ソース"));
    expect(chunks.map(({ name }) => name)).toEqual(["IHDR", "IDAT", "iTXt", "IEND"]);
    // keyword 0, uncompressed 0 0, no language 0, no translation 0
    expect(chunks[2]!.data.toString("utf8")).toBe("Description\0\0\0\0\0mAP of Kiswahili: .412 – ソース");
  });

  it("takes any text, twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const twice = withPngText(withPngText(PIXEL, "a", text), "b", text);
        expect(chunksOf(twice).map(({ name }) => name)).toEqual(["IHDR", "IDAT", "iTXt", "iTXt", "IEND"]);
      }),
    );
  });

  it("computes CRC-32 as zlib does", () => {
    expect(crc32(Buffer.from("IEND"))).toBe(0xae426082); // the last four bytes of every PNG file
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      }),
    );
  });

  it("refuses what is no PNG and a keyword that is none", () => {
    expect(() => withPngText(new Uint8Array(30), "a", "")).toThrow("no PNG file");
    expect(() => withPngText(PIXEL.subarray(0, -1), "a", "")).toThrow("does not end with IEND");
    expect(() => withPngText(PIXEL, "", "")).toThrow("keyword");
  });
});

const PARTS: FigureParts = {
  title: "mAP <0–1> & more",
  description: "Higher is better.",
  legend: [
    { label: "Mo", colour: "#2367c4" },
    { label: "Cr", colour: "#c2570c", dash: "8 4" },
  ],
  plot: { svg: '<svg width="400" height="200"><path d="M0 0L400 200"/></svg>', width: 400, height: 200 },
  sample: "n = 5 queries, 1 seed (7).",
  recipe: { lab: "0.1.0", link: "https://lab.example/#v=1&preset=mono" },
  colours: { paper: "#fff", ink: "#000", inkSoft: "#555" },
  font: "Inter, sans-serif",
};

describe("svgFigure", () => {
  it("holds title, legend, plot, n and the recipe", () => {
    expect(svgFigure(PARTS)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="432" height="320" viewBox="0 0 432 320" font-family="Inter, sans-serif">
<title>mAP &lt;0–1&gt; &amp; more</title>
<metadata>{&quot;lab&quot;:&quot;0.1.0&quot;,&quot;link&quot;:&quot;https://lab.example/#v=1&amp;preset=mono&quot;}</metadata>
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="31.8" font-size="15" font-weight="600" fill="#000">mAP &lt;0–1&gt; &amp; more</text>
<text x="16" y="48.9" font-size="12" font-weight="400" fill="#555">Higher is better.</text>
<line x1="16" x2="32" y1="66.5" y2="66.5" stroke="#2367c4" stroke-width="3"/>
<text x="38" y="70.5" font-size="12" fill="#000">Mo</text>
<line x1="65" x2="81" y1="66.5" y2="66.5" stroke="#c2570c" stroke-width="3" stroke-dasharray="8 4"/>
<text x="87" y="70.5" font-size="12" fill="#000">Cr</text>
<g transform="translate(16 82.5)"><svg width="400" height="200"><path d="M0 0L400 200"/></svg></g>
<text x="16" y="300" font-size="11" font-weight="400" fill="#555">n = 5 queries, 1 seed (7).</text>
</svg>
`);
  });

  it("is for paper in its column's width, without sentences", () => {
    // 400 px and 2 px of margin on each side are 84 mm; 11 px of title take 14.85, 6 and 24 the legend, 206 the plot: 255 px are 53.0 mm
    const svg = svgFigure({ ...PARTS, widthMm: 84 });
    expect(svg).toContain('width="84mm" height="53mm" viewBox="0 0 404 255"');
    expect(svg).toContain('font-size="11" font-weight="400" fill="#000">mAP &lt;0–1&gt; &amp; more</text>');
    for (const prose of ["Higher is better.", "n = 5 queries"]) expect(svg).not.toContain(prose);
    expect(svg).toContain("lab.example"); // the recipe stays
  });

  it("drops what XML cannot hold and escapes the rest", () => {
    expect(escapeXml('a\u0000<b>&"\ud800c😀')).toBe("a&lt;b&gt;&amp;&quot;c😀");
  });

  it("breaks lines at spaces and loses no word", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 40 }), (words) => {
        const lines = wrapText(words.join(" "), 120, 12);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines)
          expect(line.includes(" ") ? line.length * 12 * 0.54 : 0).toBeLessThanOrEqual(120);
      }),
    );
  });
});
