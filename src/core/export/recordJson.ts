// A run record as a JSON file, with the values of single queries beside it where they are wanted. Writes no file.
import { parseRunRecord } from "../record/parseRunRecord.ts";
import { writtenRecord, type RunRecord } from "../record/runRecord.ts";
import { parseQueryValues, queryValuesJson, type QueryValues } from "../stats/queryValues.ts";

/** What a run.json holds. */
export interface RecordFile {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues;
}

/**
 * The record indented for reading. `perQuery` is one more field, on one line: it is no part of the record or of its
 * digest, and whoever knows only the record passes it over.
 */
export function recordJson(record: RunRecord, queryValues?: QueryValues): string {
  const text = JSON.stringify(writtenRecord(record), null, 1);
  if (!queryValues) return `${text}\n`;
  return `${text.slice(0, -2)},\n "perQuery": ${JSON.stringify(queryValuesJson(queryValues))}\n}\n`;
}

/**
 * @param value parsed JSON
 * @throws SpecError with one sentence: the file, the field, what would be right
 */
export function parseRecordFile(value: unknown, where: string): RecordFile {
  const record = parseRunRecord(value, where);
  const { perQuery } = value as { perQuery?: unknown }; // an object: it has just been parsed as one
  if (perQuery === undefined) return { record };
  const queryValues = parseQueryValues(perQuery, `${where}: perQuery`);
  return { record, queryValues };
}
