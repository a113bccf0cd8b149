// One door to tables: JSON lines, CSV, TSV with a header, Parquet. Decides by the file's name; never guesses columns.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { readCsv } from "./readCsv.ts";
import { readJsonLines } from "./readJson.ts";
import { readParquet } from "./readParquet.ts";
import { readLines } from "./readText.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { TableRow } from "./tableRow.ts";

export const TABLE = /\.(jsonl|ndjson|csv|tsv|parquet)$/i;

const objectSchema = v.pipe(
  v.custom<object>((value) => !Array.isArray(value), "must be an object of columns, got a list"), // whose keys are numbers
  v.record(v.string(), v.unknown()),
);

/** @throws DataError naming file and place; also when the name ends in none of the known ways */
export async function* readTable(file: SourceFile): AsyncGenerator<TableRow> {
  const ending = TABLE.exec(file.name)?.[1]?.toLowerCase();
  if (ending === "parquet") yield* readParquet(file);
  else if (ending === "csv") {
    for (const { cells, where } of await readCsv(file, [])) yield { fields: cells, where };
  } else if (ending === "tsv") {
    let names: readonly string[] | undefined;
    for await (const { cells, where } of readTsv(file)) {
      if (!names) {
        names = cells;
        const twice = names.find((name, i) => names!.indexOf(name) !== i);
        if (twice !== undefined) throw new DataError(`${where}: has two columns named ${twice}`);
        continue;
      }
      if (cells.length !== names.length) {
        throw new DataError(`${where}: has ${cells.length} fields, the header has ${names.length}`);
      }
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
