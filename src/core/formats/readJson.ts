// JSON files and JSON lines to values of a declared shape. Never hands over a value that was not checked.
import * as v from "valibot";
import { firstIssue, issueText } from "../issueText.ts";
import { DataError } from "../inputError.ts";
import { LONG_NUMBER, withLongIntegersQuoted } from "../longIntegers.ts";
import { readLines, readText } from "./readText.ts";
import type { SourceFile } from "./sourceFile.ts";

/** One checked row and where it stands ("file line n"). */
export interface Row<T> {
  readonly value: T;
  readonly where: string;
  readonly number: number; // of the line, from 1
}

type Schema = v.GenericSchema<unknown, unknown>;

/** @throws DataError naming the file and what is wrong, in the schema's words */
export async function readJson<S extends Schema>(file: SourceFile, schema: S): Promise<v.InferOutput<S>> {
  return check(schema, parse(await readText(file), file.name), file.name);
}

/**
 * The lines of a JSON lines file; empty ones are passed over.
 * @throws DataError naming file, line and field
 */
export async function* readJsonLines<S extends Schema>(
  file: SourceFile,
  schema: S,
): AsyncGenerator<Row<v.InferOutput<S>>> {
  for await (const { text, number, where } of readLines(file)) {
    if (text.trim() === "") continue;
    yield { value: check(schema, parse(text, where), where), where, number };
  }
}

/** @throws DataError `where: field: what it must be` */
export function check<S extends Schema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = firstIssue(result.issues);
  const field = v.getDotPath(issue);
  throw new DataError(`${where}: ${field === null ? "" : `${field}: `}${issueText(issue)}`);
}

/**
 * JSON, and what Python's json module writes beyond it: NaN for a missing value, which is read as null. A whole number that
 * a double cannot hold is read as the text of its digits: it is an id, and two of them must not become one.
 * @throws DataError `where is not JSON: …`; the parser's words name position, never the whole text
 */
export function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(LONG_NUMBER.test(text) ? withLongIntegersQuoted(text) : text);
  } catch (cause) {
    const mended = text.includes("NaN") ? withoutNaN(text) : text;
    if (mended !== text) return parse(mended, where);
    const reason = cause instanceof Error ? cause.message : "unreadable";
    throw new DataError(`${where} is not JSON: ${reason}`, { cause });
  }
}

/** Replaces NaN outside of strings: from one quotation mark to the next, so that one that is never closed costs one look. */
function withoutNaN(text: string): string {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    const open = text.indexOf('"', from);
    const end = open === -1 ? text.length : open;
    parts.push(text.slice(from, end).replaceAll(/\bNaN\b/g, "null"));
    from = open === -1 ? end : stringEnd(text, open);
    parts.push(text.slice(end, from));
  }
  return parts.join("");
}

/** Behind the quotation mark that closes a string, or the text's end. */
function stringEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
