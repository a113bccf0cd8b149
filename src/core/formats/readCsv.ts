// CSV, or TSV with quotes, with a header row to rows by column name. Quotes and line breaks in fields are the library's matter.
import Papa from "papaparse";
import { DataError } from "../inputError.ts";
import { readText } from "./readText.ts";
import type { SourceFile } from "./sourceFile.ts";
import { nameTwice } from "./tableRow.ts";

export interface CsvRow {
  readonly cells: Readonly<Record<string, string>>;
  readonly where: string; // "file row n", the header not counted
}

/** Of what people export: a spreadsheet separates by semicolons where commas are in its numbers. */
function separatorOf(text: string): string {
  const header = /[^\r\n]+/.exec(text)?.[0] ?? "";
  return [",", ";", "\t"].find((separator) => header.includes(separator)) ?? ",";
}

/**
 * All rows, each with every column of the header; empty rows are passed over.
 * @param delimiter "any": the first of comma, semicolon and tab that the header has
 * @throws DataError naming the file and the row that is malformed, the columns that are missing or named twice
 */
export async function readCsv(
  file: SourceFile,
  columns: readonly string[],
  delimiter = ",",
): Promise<readonly CsvRow[]> {
  const text = await readText(file);
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: delimiter === "any" ? separatorOf(text) : delimiter,
    skipEmptyLines: "greedy",
  });
  const [error] = errors;
  if (error) throw new DataError(`${file.name} row ${error.row ?? 0}: ${error.message}`);
  const [header = [], ...rows] = data;
  const names = header.map((name) => name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new DataError(
      `${file.name}: has no column ${missing.join(", ")}; its columns are ${names.join(", ")}`,
    );
  }
  const twice = nameTwice(names);
  if (twice !== undefined) throw new DataError(`${file.name}: has two columns named ${twice}`);
  return rows.map((row, i) => {
    const where = `${file.name} row ${i + 1}`;
    if (row.length !== names.length) {
      throw new DataError(`${where}: has ${row.length} fields, the header has ${names.length}`);
    }
    return { cells: Object.fromEntries(names.map((name, j) => [name, row[j]!])), where };
  });
}
