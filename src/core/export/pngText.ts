// Text inside a PNG file, as a chunk that viewers show and that survives copying. Touches no pixel.

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32 of ISO 3309, as in PNG's annex D. */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * The same image with an `iTXt` chunk (UTF-8, uncompressed) before its end.
 *
 * @param keyword 1 to 79 characters of printable Latin-1, such as "Description"
 * @throws RangeError if `png` is no PNG file or the keyword is not one
 */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  if (SIGNATURE.some((byte, i) => png[i] !== byte))
    throw new RangeError("withPngText: the bytes are no PNG file");
  if (!/^[!-~](?:[ -~]{0,77}[!-~])?$/.test(keyword)) {
    throw new RangeError(`withPngText: the keyword must have 1 to 79 printable letters, got "${keyword}"`);
  }
  const end = png.length - 12; // IEND: length 0, name, CRC
  if (end < 8 || String.fromCharCode(...png.subarray(end + 4, end + 8)) !== "IEND") {
    throw new RangeError("withPngText: the PNG file does not end with IEND");
  }
  // keyword, 0; compression flag and method 0 0; no language tag, 0; no translated keyword, 0; text
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  const result = new Uint8Array(png.length + chunk.length);
  result.set(png.subarray(0, end));
  result.set(chunk, end);
  result.set(png.subarray(end), end + chunk.length);
  return result;
}

/** Whether bytes begin as a PNG file does. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/**
 * The text that `withPngText` put under a keyword; undefined where there is none.
 * @throws RangeError where the file ends within a part, or a part is not as its checksum says
 */
export function pngText(png: Uint8Array, keyword: string): string | undefined {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const head = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0`);
  for (let at = SIGNATURE.length; at < png.length;) {
    const end = at + 12 + (at + 4 <= png.length ? view.getUint32(at) : Infinity);
    if (end > png.length) throw new RangeError("the picture is cut off");
    const body = png.subarray(at + 4, end - 4);
    if (head.every((byte, i) => body[i] === byte)) {
      if (crc32(body) !== view.getUint32(end - 4)) throw new RangeError("the text in the picture is damaged");
      return new TextDecoder().decode(body.subarray(head.length));
    }
    at = end;
  }
  return undefined;
}
