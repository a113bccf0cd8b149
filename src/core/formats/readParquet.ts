// Parquet files to rows, one row group at a time. Refuses a header that claims more than its file can hold.
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type ColumnMetaData,
  type FileMetaData,
  type SchemaTree,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError } from "../inputError.ts";
import { damaged } from "./expandedStream.ts";
import { expansionLimit, inMiB, MAX_WHOLE_BYTES } from "./limits.ts";
import { checkPages, type PagedColumn } from "./parquetPages.ts";
import type { SourceFile } from "./sourceFile.ts";
import { readThrift } from "./thrift.ts";
import type { TableRow } from "./tableRow.ts";

/** A row of ids and texts takes at least a byte; repeated values may take less, hence the free part. */
const FREE_ROWS = 1_000_000;

const MAX_COLUMNS = 10_000; // the library looks for each column among all

/** @throws DataError naming the file and what is wrong with it, or the row group that cannot be read */
export async function* readParquet(file: SourceFile): AsyncGenerator<TableRow> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice(start, end = file.size) {
      const cut = slice(file, start, end);
      cut.catch(() => undefined); // the library asks for all columns before it awaits one
      return cut;
    },
  };
  const { metadata, paths } = await readMetadata(file, buffer);
  const most = Math.max(FREE_ROWS, 8 * file.size);
  let row = 0;
  for (const [group, rowGroup] of metadata.row_groups.entries()) {
    const nRows = Number(rowGroup.num_rows);
    let rows: Record<string, unknown>[];
    try {
      for (const { meta_data: meta } of rowGroup.columns) {
        const [start, end] = rangeOf(meta);
        const chunk = new Uint8Array(await buffer.slice(start, end));
        checkPages(chunk, pagedColumn(paths.get(JSON.stringify(meta?.path_in_schema))!, meta!, nRows), {
          values: most,
          bytes: limitOf(file),
        });
      }
      const alone = { ...metadata, num_rows: rowGroup.num_rows, row_groups: [rowGroup] };
      rows = await parquetReadObjects({ file: buffer, metadata: alone, compressors });
    } catch (error) {
      throw damaged(`${file.name} row group ${group}`, "readable Parquet", error);
    }
    if (rows.length !== nRows) {
      throw new DataError(`${file.name} row group ${group}: ${rows.length} rows, its header states ${nRows}`);
    }
    for (const fields of rows) yield { fields, where: `${file.name} row ${++row}` };
  }
}

async function slice(file: SourceFile, start: number, end: number): Promise<ArrayBuffer> {
  if (!isWithin(file, start, end)) throw new RangeError(`bytes ${start} to ${end} of ${file.size}`);
  const bytes = await file.bytes(start, end);
  return bytes.slice().buffer; // a copy of its own, never shared memory
}

/** A fraction would end the whole process in Node's own code. */
const isWithin = ({ size }: SourceFile, start: number, end: number): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= size;

/** Where a column's pages are. */
function rangeOf(meta: ColumnMetaData | undefined): [number, number] {
  const start = Number(meta?.dictionary_page_offset || meta?.data_page_offset); // 0 is no place of a page
  return [start, start + Number(meta?.total_compressed_size)];
}

function pagedColumn(
  path: readonly SchemaTree[],
  { codec, type }: ColumnMetaData,
  rows: number,
): PagedColumn {
  const repetitions = path.map(({ element }) => element.repetition_type);
  const repetition = repetitions.filter((kind) => kind === "REPEATED").length;
  return {
    repetition,
    definition: repetitions.slice(1).filter((kind) => kind !== "REQUIRED").length,
    boolean: type === "BOOLEAN",
    flat: path.length === 2 && repetition === 0,
    rows,
    unpack(packed, size) {
      const page = codec === "UNCOMPRESSED" ? packed : compressors[codec]?.(packed, size);
      if (page?.length !== size)
        throw new Error(`a page does not unpack to the ${size} bytes that it claims`);
      return page;
    },
  };
}

const limitOf = (file: SourceFile): number => Math.min(MAX_WHOLE_BYTES, expansionLimit(file.size)); // a row group is held whole

async function readMetadata(
  file: SourceFile,
  buffer: AsyncBuffer,
): Promise<{ metadata: FileMetaData; paths: ReadonlyMap<string, readonly SchemaTree[]> }> {
  const refuse = (problem: string): never => {
    throw new DataError(`${file.name}: ${problem}`);
  };
  if (file.size < 12) refuse(`is not a whole Parquet file (${file.size} bytes)`); // two magic words and a length
  let metadata: FileMetaData;
  let paths: Map<string, readonly SchemaTree[]>;
  try {
    const ending = new DataView(await buffer.slice(file.size - 8, file.size));
    const length = ending.getUint32(0, true);
    const footer = new Uint8Array(await buffer.slice(Math.max(0, file.size - 8 - length), file.size - 8));
    readThrift(footer, 0);
    metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    paths = new Map(pathsOf([parquetSchema(metadata)]));
  } catch (error) {
    throw damaged(file.name, "a whole Parquet file", error);
  }
  if (paths.size > MAX_COLUMNS) refuse(`has ${paths.size} columns; at most ${MAX_COLUMNS} are read`);
  const rows = Number(metadata.num_rows);
  const most = Math.max(FREE_ROWS, file.size);
  if (!(rows >= 0 && rows <= most)) refuse(`claims ${rows} rows; ${file.size} bytes hold at most ${most}`);
  const inGroups = metadata.row_groups.map(({ num_rows: n }) => Number(n));
  if (inGroups.some((n) => n < 0) || inGroups.reduce((sum, n) => sum + n, 0) !== rows) {
    refuse(`claims ${rows} rows, its row groups ${inGroups.reduce((sum, n) => sum + n, 0)}`);
  }
  const limit = limitOf(file);
  for (const [group, { columns }] of metadata.row_groups.entries()) {
    // hyparquet begins to read all columns at once; the error of one that it does not look for is nobody's to catch.
    const told = new Set<string>();
    for (const { meta_data: m } of columns) {
      const path = JSON.stringify(m?.path_in_schema);
      if (!paths.has(path) || told.has(path))
        refuse(`row group ${group} has a column ${path} that is doubled or in no schema`);
      told.add(path);
      const [start, end] = rangeOf(m);
      if (!isWithin(file, start, end))
        refuse(`row group ${group} has the column ${path} at bytes ${start} to ${end} of ${file.size}`);
    }
    const sizes = columns.map(({ meta_data: m }) => Number(m?.total_uncompressed_size ?? 0));
    const size = sizes.reduce((sum, n) => sum + n, 0);
    if (!(size >= 0 && size <= limit)) {
      refuse(`row group ${group} expands to ${size} bytes; at most ${inMiB(limit)} are read at once`);
    }
  }
  return { metadata, paths };
}

/** The ways through the schema to its columns, each by its path as JSON. */
function pathsOf(way: readonly SchemaTree[]): [string, readonly SchemaTree[]][] {
  const { path, children } = way.at(-1)!;
  return children.length === 0
    ? [[JSON.stringify(path), way]]
    : children.flatMap((child) => pathsOf([...way, child]));
}
