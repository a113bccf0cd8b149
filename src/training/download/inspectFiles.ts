// What given files are, before anything is made of them: told from their names, and the first rows of a table. Converts
// nothing and writes nothing.
import { visibleText } from "../../core/visibleText.ts";
import { messageOf } from "../../core/messageOf.ts";
import type { GivenSummary, TableHead } from "../../core/collections/importChoices.ts";
import { suggestColumns } from "../../core/collections/pairColumns.ts";
import { folderLanguages } from "../../core/collections/beir.ts";
import { namedPair } from "../../core/collections/pairLanguages.ts";
import { isTranslation } from "../../core/collections/parallelFiles.ts";
import { formatsFor, USER_FORMATS, type UserFormat } from "../../core/collections/userFormats.ts";
import { convertersFor } from "../../core/collections/registry.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { DataError } from "../../core/inputError.ts";
import { labFile } from "../../core/formats/labFile.ts";
import { readTable, TABLE } from "../../core/formats/readTable.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import { unpackFiles } from "../../core/formats/unpack.ts";

const SHOWN_ROWS = 3;
const QUOTED_ROWS = 100;
const SHOWN_CHARACTERS = 200;

/**
 * @param given as importFiles takes them, archives among them
 * @throws DataError where they are nothing that the lab can read
 */
export async function inspectFiles(
  given: readonly SourceFile[],
  entries: readonly CatalogEntry[],
): Promise<GivenSummary> {
  const files = await unpackFiles(given);
  const names = files.map(({ name }) => name);
  const known = convertersFor(names)
    .map(({ datasetId }) => datasetId)
    .filter((id) => entries.some((entry) => entry.id === id));
  const formats = (await formatsOf(files)).map(({ id }) => id);
  if (known.length === 0 && formats.length === 0) throw notRecognised(files);
  const unreadable = files.flatMap(({ problem }) => (problem === undefined ? [] : visibleText(problem)));
  const summary = {
    known,
    formats,
    title: visibleText(titleOf(names)),
    ...(unreadable.length > 0 && { unreadable }),
  };
  if (known.length > 0) return summary;
  const [table] = formats[0] === "pairs" ? tablesOf(files) : [];
  const named = formats[0] === "beir" ? folderLanguages(names) : table && namedPair(table.name);
  const quoted = formats.some((id) => id === "pairs" || id === "beir") && (await isQuoted(tablesOf(files)));
  const own = { ...summary, ...(named && { named }), ...(quoted && { quoted }) };
  return formats.includes("pairs") ? { ...own, table: await headOf(tablesOf(files), quoted) } : own;
}

/**
 * What own files can be read as, likeliest first: by their names, and by the first row of a table.
 * @throws DataError of a file of the lab, whose place is elsewhere: "run.json" would be a text in Rundi
 */
export async function formatsOf(files: readonly SourceFile[]): Promise<readonly UserFormat[]> {
  const [only, ...more] = files;
  const isJson = only?.problem === undefined && /\.json$/i.test(only?.name ?? "");
  const ofTheLab = isJson && more.length === 0 ? await labFile(only!) : undefined;
  if (ofTheLab !== undefined) throw new DataError(`${only!.name} ${ofTheLab}`);
  const names = files.map(({ name }) => name);
  const fitting = formatsFor(names);
  const [table] = tablesOf(files);
  if (!table) return fitting;
  const parallel = fitting.filter(({ id }) => id === "parallel");
  const others = fitting.filter(({ id }) => id !== "parallel");
  if (others[0]?.id === "pairs" && (await isTranslation(table))) return [...parallel, ...others];
  return formatsFor(names.filter((name) => !TABLE.test(name))).includes(parallel[0]!) ? fitting : others;
}

/** In the order in which converters read them. */
function tablesOf(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ name }) => TABLE.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of files that cannot be read, what is wrong with them comes first. */
export function notRecognised(files: readonly SourceFile[]): DataError {
  const unreadable = files.flatMap(({ problem }) => problem ?? []);
  if (unreadable.length > 0)
    return new DataError(
      `${unreadable[0]}${unreadable.length > 1 ? `, and ${unreadable.length - 1} more` : ""}`,
    );
  const names = files.map(({ name }) => name);
  const formats = USER_FORMATS.map(({ title }) => title).join("; ");
  const these = names.length === 1 ? `${names[0]} is` : `These ${names.length} files are`;
  return new DataError(
    `${these} no complete dataset: neither all files of one in the catalogue nor ${formats}`,
  );
}

/** The folder or archive all files are in, else the first file, without what tells its kind. */
export function titleOf(names: readonly string[]): string {
  const tops = new Set(names.map((name) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : "")));
  const top = tops.size === 1 ? [...tops][0]! : "";
  return (top === "" ? (names[0] ?? "data") : top).replace(
    /(\.(zip|tar|tgz|gz|jsonl?|ndjson|tsv|csv|parquet))+$/i,
    "",
  );
}

/** Whether the first rows of a TSV have a field in quotes. Never throws: whoever reads it will be told. */
async function isQuoted(tables: readonly SourceFile[]): Promise<boolean> {
  let quoted = false;
  for (const file of tables.filter(({ name }) => /\.tsv$/i.test(name))) {
    let rows = 0;
    try {
      for await (const _ of readTable(file, { onQuoted: () => (quoted = true) }))
        if (quoted || ++rows === QUOTED_ROWS) break;
    } catch {
      // A field in quotes over several lines ends the reading, and has been told.
    }
    if (quoted) break;
  }
  return quoted;
}

/** @param quoted the rows are shown as they are without pandas' quotes */
async function headOf(
  tables: readonly SourceFile[],
  quoted: boolean,
): Promise<NonNullable<GivenSummary["table"]>> {
  const [first] = tables;
  const rows: Record<string, string>[] = [];
  try {
    for await (const { fields } of readTable(first!, { unquote: quoted })) {
      rows.push(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shownText(value)])));
      if (rows.length === SHOWN_ROWS) break;
    }
  } catch (error) {
    return { problem: messageOf(error) };
  }
  if (rows.length === 0) return { problem: `${first!.name}: has no rows` };
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head: TableHead = {
    name: visibleText(first!.name),
    columns,
    rows,
    suggested: suggestColumns(columns),
    others: tables.length - 1,
  };
  return head;
}

/** A cell in a line: of a list its first item, of an object its text. */
function shownText(value: unknown): string {
  if (Array.isArray(value)) return shownText(value[0]);
  if (value instanceof Date) return JSON.stringify(value).slice(1, -1);
  if (typeof value === "object" && value !== null) return shownText("text" in value ? value.text : "");
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "string") return (value ?? null) === null ? "" : JSON.stringify(value);
  if (value.length <= SHOWN_CHARACTERS) return value;
  const isHalf = value.codePointAt(SHOWN_CHARACTERS - 1)! > 0xffff; // of a character of two units
  return `${value.slice(0, SHOWN_CHARACTERS - (isHalf ? 1 : 0))} …`;
}
