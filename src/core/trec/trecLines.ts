// Decodes TREC files and splits their text into lines and columns as C's isspace does, and names the place of an error. Knows no columns.
import { TrecFormatError } from "../inputError.ts";

/** @throws TrecFormatError naming the first line that is not UTF-8: replacement characters would make two ids one */
export function decodeTrec(bytes: Uint8Array, fileName: string): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }); // forEachLine drops the mark, once
  try {
    return decoder.decode(bytes);
  } catch {
    for (let line = 1, start = 0; ; line++) {
      const feed = bytes.indexOf(0x0a, start);
      const end = feed < 0 ? bytes.length : feed;
      try {
        decoder.decode(bytes.subarray(start, end));
      } catch {
        throw new TrecFormatError(fileName, line, "got bytes that are no text, expected UTF-8");
      }
      start = end + 1;
    }
  }
}

/** ASCII white space only: an id may hold U+00A0 or U+3000, which JavaScript's \s would split. */
const BLANKS = /[ \t\v\f\r]+/;

/** Calls `visit` with the columns of each line that has any, and its number from 1. Blank lines are skipped. */
export function forEachLine(
  text: string,
  visit: (columns: string[], line: number, raw: string) => void,
): void {
  let line = 0;
  let start = text.startsWith("\ufeff") ? 1 : 0; // a byte order mark is no part of the first id
  while (start < text.length) {
    let end = text.indexOf("\n", start);
    if (end < 0) end = text.length;
    line++;
    const raw = text.slice(start, end);
    const columns = raw.split(BLANKS);
    if (columns.at(-1) === "") columns.pop();
    if (columns[0] === "") columns.shift();
    if (columns.length > 0) visit(columns, line, raw);
    start = end + 1;
  }
}

/** A short quotation of what was found, for messages. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
