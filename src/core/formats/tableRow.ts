// A row of a table, whatever its format, and its fields as texts. Reads no file.
import { DataError } from "../inputError.ts";

/** A row by column name; values as the format types them (texts only, in CSV and TSV). */
export interface TableRow {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly where: string; // "file line n" or "file row n"
}

/** The first of the names that is there twice, or undefined. */
export function nameTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

/** A field as text: numbers are spelled out, so that an id may be either. @throws DataError when it is neither or missing */
export function textField(row: TableRow, ...names: readonly string[]): string {
  for (const name of names) {
    const value = row.fields[name];
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "bigint") return String(value);
  }
  const there = names.find((name) => name in row.fields);
  if (there !== undefined) {
    const value = row.fields[there];
    const kind =
      (value ?? null) === null ? "null" : Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
    throw new DataError(`${row.where}: ${there} is ${kind}, must be a text`);
  }
  throw new DataError(
    `${row.where}: has no text in ${names.join(" or ")}; it has ${Object.keys(row.fields).join(", ")}`,
  );
}

/** As textField, but "" where the field is missing or null. */
export function optionalText(row: TableRow, ...names: readonly string[]): string {
  const name = names.find((candidate) => (row.fields[candidate] ?? null) !== null);
  return name === undefined ? "" : textField(row, name);
}
