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
  throw lacking(row, names);
}

/** That none of the columns is in a row: what it has, and what may be wrong with that. */
export function lacking({ where, fields }: TableRow, names: readonly string[]): DataError {
  const columns = Object.keys(fields);
  const near = columns.find((column) => names.includes(column.trim().toLowerCase()));
  const separator = columns.length === 1 ? /[;|\t]/.exec(columns[0]!)?.[0] : undefined;
  const hint =
    near !== undefined
      ? `; "${near}" is not "${near.trim().toLowerCase()}": names count to the letter`
      : separator !== undefined
        ? `; its columns seem to be parted by ${separator === "\t" ? "tabs, as in a .tsv" : `"${separator}"`}: a .csv has commas`
        : "";
  return new DataError(`${where}: has no text in ${names.join(" or ")}; it has ${columns.join(", ")}${hint}`);
}

/** As textField, but "" where the field is missing or null. */
export function optionalText(row: TableRow, ...names: readonly string[]): string {
  const name = names.find((candidate) => (row.fields[candidate] ?? null) !== null);
  return name === undefined ? "" : textField(row, name);
}
