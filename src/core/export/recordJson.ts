// A run record as a JSON file, with the values of single queries beside it where they are wanted. Writes no file.
import { parseRunRecord } from "../record/parseRunRecord.ts";
import { writtenRecord, type RunRecord } from "../record/runRecord.ts";
import { parseQueryValues, queryValuesJson, type QueryValues } from "../stats/queryValues.ts";

/** What a run.json holds. */
export interface RecordFile {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues;
  readonly startValues?: QueryValues; // of the evaluation before training
}

/**
 * The record indented for reading. `perQuery` and `perQueryBefore` are two more fields, each on one line: they are no part
 * of the record or of its digest, and whoever knows only the record passes them over.
 */
export function recordJson(record: RunRecord, queryValues?: QueryValues, startValues?: QueryValues): string {
  let text = JSON.stringify(writtenRecord(record), null, 1);
  for (const [name, values] of Object.entries({ perQuery: queryValues, perQueryBefore: startValues })) {
    if (values) text = `${text.slice(0, -2)},\n "${name}": ${JSON.stringify(queryValuesJson(values))}\n}`;
  }
  return `${text}\n`;
}

/**
 * @param value parsed JSON
 * @throws SpecError with one sentence: the file, the field, what would be right
 */
export function parseRecordFile(value: unknown, where: string): RecordFile {
  const record = parseRunRecord(value, where);
  const beside = value as { perQuery?: unknown; perQueryBefore?: unknown }; // it has just been parsed as an object
  const read = (name: keyof typeof beside) =>
    beside[name] === undefined ? undefined : parseQueryValues(beside[name], `${where}: ${name}`);
  const [queryValues, startValues] = [read("perQuery"), read("perQueryBefore")];
  return { record, ...(queryValues && { queryValues }), ...(startValues && { startValues }) };
}
