// What a file is that was to be a text or a safetensors file and is something else, told from its first bytes. Unpacks nothing.
import { pointerProblem } from "./gitLfs.ts";

const PICTURE = "a picture, not a text";

/** First bytes, in hex, and what such a file is, fit for "FILE: is …". */
const STARTS: readonly (readonly [hex: string, what: string])[] = [
  ["1f8b", "packed with gzip; unpack it first"],
  ["504b0304", "a zip archive; unpack it first"],
  ["425a68", "packed with bzip2; unpack it first"],
  ["fd377a585a00", "packed with xz; unpack it first"],
  ["28b52ffd", "packed with Zstandard; unpack it first"],
  ["04224d18", "packed with LZ4; unpack it first"],
  ["377abcaf271c", "a 7-Zip archive; unpack it first"],
  ["526172211a07", "a RAR archive; unpack it first"],
  ["50415231", "a Parquet file, not a text"],
  ["25504446", "a PDF, not a text"],
  ["ffd8ff", PICTURE], // JPEG
  ["89504e470d0a", PICTURE], // PNG
  ["47494638", PICTURE], // GIF
  ["fffe", "written in UTF-16; save it as UTF-8"],
  ["feff", "written in UTF-16; save it as UTF-8"],
];

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** WebP, and what phones make: HEIC, AVIF. Their first bytes are a length. */
const BOXED = /^(52494646.{8}57454250|.{8}66747970(68656963|68656978|6d696631|61766966))/;

const whatBegins = (hex: string): string | undefined =>
  BOXED.test(hex) ? PICTURE : STARTS.find(([start]) => hex.startsWith(start))?.[1];

/** Whether a file begins as a picture does, of whatever kind. */
export const isPicture = (bytes: Uint8Array): boolean => whatBegins(hexOf(bytes)) === PICTURE;

/**
 * What is wrong with a file by its first bytes, fit for "FILE: …": a pointer of a clone, packed, a web page; undefined where
 * nothing is told.
 * @param bytes the file, or its first MAX_POINTER_BYTES at least
 */
export function foreignContent(bytes: Uint8Array): string | undefined {
  const what = whatBegins(hexOf(bytes));
  if (what !== undefined) return `is ${what}`;
  if (/^\s*<(?:!doctype html|html)\b/i.test(new TextDecoder().decode(bytes.subarray(0, 64)))) {
    return "is a web page, not the file itself; download the file that the page shows";
  }
  return pointerProblem(bytes);
}
