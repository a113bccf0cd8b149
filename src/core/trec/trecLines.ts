// Splits TREC text into lines and columns as C's isspace does, and names the place of an error. Knows no columns.

/** Bad input in a named file: `message` reads "FILE, line N: got ..., expected ...". */
export class TrecFormatError extends Error {
  override readonly name = "TrecFormatError";
  readonly fileName: string;
  readonly line: number; // from 1
  constructor(fileName: string, line: number, what: string) {
    super(`${fileName}, line ${line}: ${what}`);
    this.fileName = fileName;
    this.line = line;
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
