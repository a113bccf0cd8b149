// One door to tables: JSON lines, CSV, TSV with a header, Parquet. Decides by the file's name; never guesses columns.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { readCsv } from "./readCsv.ts";
import { readJsonLines } from "./readJson.ts";
import { readParquet } from "./readParquet.ts";
import { readLines } from "./readText.ts";
import type { SourceFile } from "./sourceFile.ts";
import { nameTwice, type TableRow } from "./tableRow.ts";

export const TABLE = /\.(jsonl|ndjson|csv|tsv|parquet)$/i;

const objectSchema = v.pipe(
  v.custom<object>((value) => !Array.isArray(value), "must be an object of columns, got a list"), // whose keys are numbers
  v.record(v.string(), v.unknown()),
);

export interface TableOptions {
  /** TSV was written with quotes, as pandas writes it: they are taken away, and tabs and line breaks inside are text. */
  readonly unquote?: boolean;
  /** Told of each row of a TSV that has a field in quotes and is read without `unquote`. */
  readonly onQuoted?: (where: string) => void;
}

const QUOTED = /^".*"$/s;

/** @throws DataError naming file and place; also when the name ends in none of the known ways */
export async function* readTable(
  file: SourceFile,
  { unquote = false, onQuoted }: TableOptions = {},
): AsyncGenerator<TableRow> {
  const ending = TABLE.exec(file.name)?.[1]?.toLowerCase();
  if (ending === "parquet") yield* readParquet(file);
  else if (ending === "csv" || (ending === "tsv" && unquote)) {
    for (const { cells, where } of await readCsv(file, [], ending === "csv" ? "any" : "\t"))
      yield { fields: cells, where };
  } else if (ending === "tsv") {
    let names: readonly string[] | undefined;
    for await (const { cells, where } of readTsv(file)) {
      if (!names) {
        names = cells
          .map((cell) => (QUOTED.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell))
          .map((name) => name.trim());
        const twice = nameTwice(names);
        if (twice !== undefined) throw new DataError(`${where}: has two columns named ${twice}`);
        continue;
      }
      if (cells.length !== names.length) {
        const isOpen = cells.some((cell) => cell.startsWith('"') && !QUOTED.test(cell));
        if (isOpen) onQuoted?.(where);
        const hint = isOpen
          ? "; for quotes around tabs and line breaks: --unquote, or its box in the page"
          : "";
        throw new DataError(`${where}: has ${cells.length} fields, the header has ${names.length}${hint}`);
      }
      if (cells.some((cell) => cell.length > 1 && QUOTED.test(cell))) onQuoted?.(where);
      yield { fields: Object.fromEntries(names.map((name, i) => [name, cells[i]!])), where };
    }
  } else if (ending === undefined) {
    throw new DataError(`${file.name}: is no table; its name must end in .jsonl, .csv, .tsv or .parquet`);
  } else
    for await (const { value, where } of readJsonLines(file, objectSchema)) yield { fields: value, where };
}

/** Fields between tabs, as retrieval tools write TSV: no quoting, so no field holds a tab or a line break. */
export async function* readTsv(file: SourceFile) {
  for await (const { text, where, number } of readLines(file)) {
    if (text.trim() !== "") yield { cells: text.split("\t"), where, number };
  }
}
