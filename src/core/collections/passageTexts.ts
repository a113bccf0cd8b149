// The texts of a cell: one, or a list of texts or of objects with title and text. Reads no file.
import { DataError } from "../inputError.ts";
import { optionalText, textField, type TableRow } from "../formats/tableRow.ts";
import { titled } from "./retrievalRecords.ts";

/** @throws DataError where it holds something else; null and missing hold none, and empty texts are left out */
export function passageTexts(row: TableRow, column: string): readonly string[] {
  const value = row.fields[column];
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => textOf(item, row, column)).filter((text) => text.trim() !== "");
}

function textOf(item: unknown, { where }: TableRow, column: string): string {
  if (item === null) return "";
  if (typeof item === "string") return item;
  if (typeof item === "number" || typeof item === "bigint") return String(item);
  if (typeof item !== "object" || Array.isArray(item)) {
    throw new DataError(`${where}: ${column} must hold a text, an object with "text", or a list of these`);
  }
  const fields = { fields: item as Readonly<Record<string, unknown>>, where }; // a JSON object
  return titled(optionalText(fields, "title"), textField(fields, "text"));
}
