// Parquet files to rows, one row group at a time. Refuses a header that claims more than its file can hold.
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DataError } from "../data/dataError.ts";
import { damaged } from "./expandedStream.ts";
import { expansionLimit, inMiB, MAX_WHOLE_BYTES } from "./limits.ts";
import type { SourceFile } from "./sourceFile.ts";
import type { TableRow } from "./readTable.ts";

/** A row of ids and texts takes at least a byte; repeated values may take less, hence the free part. */
const FREE_ROWS = 1_000_000;

/** @throws DataError naming the file and what is wrong with it, or the row group that cannot be read */
export async function* readParquet(file: SourceFile): AsyncGenerator<TableRow> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: async (start, end = file.size) => {
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
  try {
    metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
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
    const sizes = columns.map(({ meta_data: m }) => Number(m?.total_uncompressed_size ?? 0));
    const size = sizes.reduce((sum, n) => sum + n, 0);
    if (!(size >= 0 && size <= limit)) {
      refuse(`row group ${group} expands to ${size} bytes; at most ${inMiB(limit)} are read at once`);
    }
  }
  return metadata;
}
