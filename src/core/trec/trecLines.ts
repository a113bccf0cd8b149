// Decodes TREC files and splits their text into lines and columns as C's isspace does, and names the place of an error. Knows no columns.
import { foreignContent } from "../formats/foreignContent.ts";
import { TrecFormatError } from "../inputError.ts";

/** @throws TrecFormatError naming the first line that is not UTF-8: replacement characters would make two ids one */
export function decodeTrec(bytes: Uint8Array, fileName: string): string {
  const foreign = foreignContent(bytes);
  if (foreign !== undefined) throw new TrecFormatError(fileName, 1, foreign);
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

/**
 * The columns of a line: those between its tabs where it has exactly the tabs of a format, so that ids may hold blanks;
 * else its words. Blanks around a column are no part of it; an empty column among columns with blanks stays, as "".
 *
 * @param words of `raw`, as `forEachLine` gives them
 * @param sizes how many columns the format may have
 */
export function columnsOf(
  raw: string,
  words: readonly string[],
  sizes: readonly number[],
): readonly string[] {
  if (!raw.includes("\t")) return words;
  const columns = splitTabs(raw);
  const filled = columns.filter((column) => column !== "").length;
  return filled !== words.length && sizes.includes(columns.length) ? columns : words;
}

export function splitTabs(raw: string): string[] {
  return raw.split("\t").map((column) => column.replace(/^[ \v\f\r]+|[ \v\f\r]+$/g, ""));
}

/** A short quotation of what was found, for messages. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
