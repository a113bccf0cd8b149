// Reads comma-separated text with quoted cells (RFC 4180). Never guesses types: every cell is a string.

/** Rows of cells; a doubled quote inside a quoted cell is one quote, and quoted cells may hold line breaks. */
export function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw new Error(`csv: stray quote at character ${at}`);
    const raw = match[1]!;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (match[2] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
