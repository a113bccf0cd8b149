// Reads a PDF as jsPDF writes it: its size, its texts, what it embeds. No reader of PDF files in general.
import { inflateSync } from "node:zlib";

export interface ReadPdf {
  readonly widthMm: number;
  readonly texts: readonly string[];
  readonly hasFace: boolean; // embedded
  readonly images: number;
}

const MM_PER_PT = 25.4 / 72;

export function readPdf(bytes: Buffer): ReadPdf {
  const file = bytes.toString("latin1");
  const streams = [...file.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)].map(({ index, 0: { length } }) =>
    inflateSync(bytes.subarray(index + length, file.indexOf("endstream", index))).toString("latin1"),
  );
  const letters = new Map(
    streams
      .filter((stream) => stream.includes("beginbfchar"))
      .flatMap((stream) => [...stream.matchAll(/<([0-9a-f]{4})><([0-9a-f]{4})>/g)])
      .map(([, glyph, code]) => [glyph!, String.fromCharCode(Number.parseInt(code!, 16))]),
  );
  const shown = streams.flatMap((stream) => [...stream.matchAll(/<([0-9a-f]+)> Tj/g)]);
  return {
    widthMm: Number(/\/MediaBox \[0 0 ([\d.]+)/.exec(file)![1]) * MM_PER_PT,
    texts: shown.map(([, glyphs]) =>
      glyphs!.match(/.{4}/g)!.reduce((text, glyph) => text + (letters.get(glyph) ?? "?"), ""),
    ),
    hasFace: file.includes("/FontFile2"),
    images: file.match(/\/Subtype \/Image/g)?.length ?? 0,
  };
}
