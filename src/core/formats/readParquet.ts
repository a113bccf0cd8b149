// Parquet files to rows, one row group at a time. Refuses a header that claims more than its file can hold.
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaTree,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError } from "../inputError.ts";
import { damaged } from "./expandedStream.ts";
import { expansionLimit, inMiB, MAX_WHOLE_BYTES } from "./limits.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { TableRow } from "./tableRow.ts";

/** A row of ids and texts takes at least a byte; repeated values may take less, hence the free part. */
const FREE_ROWS = 1_000_000;

/** @throws DataError naming the file and what is wrong with it, or the row group that cannot be read */
export async function* readParquet(file: SourceFile): AsyncGenerator<TableRow> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: async (start, end = file.size) => {
      if (!(start >= 0 && start <= end && end <= file.size))
        throw new RangeError(`bytes ${start} to ${end} of ${file.size}`);
      const bytes = await file.bytes(start, end);
      return bytes.slice().buffer; // a copy of its own, never shared memory
    },
  };
  const metadata = await readMetadata(file, buffer);
  let row = 0;
  for (const [group, { num_rows: nRows }] of metadata.row_groups.entries()) {
    const rowEnd = row + Number(nRows);
    let rows: Record<string, unknown>[];
    try {
      rows = await parquetReadObjects({ file: buffer, metadata, rowStart: row, rowEnd, compressors });
    } catch (error) {
      throw damaged(`${file.name} row group ${group}`, "readable Parquet", error);
    }
    if (rows.length !== rowEnd - row) {
      throw new DataError(
        `${file.name} row group ${group}: ${rows.length} rows, its header states ${rowEnd - row}`,
      );
    }
    for (const fields of rows) yield { fields, where: `${file.name} row ${++row}` };
  }
}

async function readMetadata(file: SourceFile, buffer: AsyncBuffer): Promise<FileMetaData> {
  const refuse = (problem: string): never => {
    throw new DataError(`${file.name}: ${problem}`);
  };
  if (file.size < 12) refuse(`is not a whole Parquet file (${file.size} bytes)`); // two magic words and a length
  let metadata: FileMetaData;
  let leaves: Set<string>;
  try {
    metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    leaves = new Set(leavesOf(parquetSchema(metadata)));
  } catch (error) {
    throw damaged(file.name, "a whole Parquet file", error);
  }
  const rows = Number(metadata.num_rows);
  const most = Math.max(FREE_ROWS, file.size);
  if (!(rows >= 0 && rows <= most)) refuse(`claims ${rows} rows; ${file.size} bytes hold at most ${most}`);
  const inGroups = metadata.row_groups.map(({ num_rows: n }) => Number(n));
  if (inGroups.some((n) => n < 0) || inGroups.reduce((sum, n) => sum + n, 0) !== rows) {
    refuse(`claims ${rows} rows, its row groups ${inGroups.reduce((sum, n) => sum + n, 0)}`);
  }
  const limit = Math.min(MAX_WHOLE_BYTES, expansionLimit(file.size)); // a row group is held whole
  for (const [group, { columns }] of metadata.row_groups.entries()) {
    // hyparquet begins to read all columns at once; the error of one that it does not look for is nobody's to catch.
    const paths = columns.map(({ meta_data: m }) => JSON.stringify(m?.path_in_schema));
    const stray = paths.find((path, i) => !leaves.has(path) || paths.indexOf(path) !== i);
    if (stray !== undefined)
      refuse(`row group ${group} has a column ${stray} that is doubled or in no schema`);
    const sizes = columns.map(({ meta_data: m }) => Number(m?.total_uncompressed_size ?? 0));
    const size = sizes.reduce((sum, n) => sum + n, 0);
    if (!(size >= 0 && size <= limit)) {
      refuse(`row group ${group} expands to ${size} bytes; at most ${inMiB(limit)} are read at once`);
    }
  }
  return metadata;
}

/** Paths of the columns, as JSON. */
function leavesOf({ path, children }: SchemaTree): string[] {
  return children.length === 0 ? [JSON.stringify(path)] : children.flatMap(leavesOf);
}
