// The lines of one shard, held as their bytes: rows are made of them when they are asked for, and a set that is held has no
// object a row. Reads no file.
import type { Shard } from "../../core/data/manifest.ts";
import { parseRecord } from "../../core/data/parseRecord.ts";
import type { ShardRow } from "../../core/data/records.ts";

export interface ShardLines {
  readonly byteLength: number;
  /** All rows in line order. @throws Error naming file and line: not UTF-8, a malformed line, a wrong count */
  rows(): readonly ShardRow[];
  /** One row, of lines that `rows` has read without a fault. @throws RangeError for a line that is not there */
  row(line: number): ShardRow;
}

const LINE_BREAK = 10;

/** @param path names the shard in errors */
export function createShardLines(bytes: Uint8Array, path: string, { lang, side, count }: Shard): ShardLines {
  let starts: Int32Array | undefined; // (n + 1) where each line begins, made for the first single row
  const parse = (line: string, i: number) => parseRecord(line, { path, line: i + 1, lang, side });
  return {
    byteLength: bytes.byteLength,
    rows() {
      const rows: ShardRow[] = [];
      if (bytes.byteLength > 0) {
        const lines = decode(bytes, path).split("\n");
        if (lines.at(-1) === "") lines.pop(); // the final line break
        lines.forEach((line, i) => rows.push(parse(line, i)));
      }
      if (rows.length !== count) {
        throw new Error(`${path}: ${rows.length} lines, the manifest states ${count} records`);
      }
      return rows;
    },
    row(line) {
      starts ??= lineStarts(bytes, count);
      if (!(line >= 0 && line < count)) throw new RangeError(`${path}: line ${line} of ${count}`);
      return parse(decode(bytes.subarray(starts[line], starts[line + 1]), path), line);
    },
  };
}

function lineStarts(bytes: Uint8Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let i = 1; i <= count; i++) {
    const end = bytes.indexOf(LINE_BREAK, starts[i - 1]);
    starts[i] = end === -1 ? bytes.byteLength : end + 1;
  }
  return starts;
}

function decode(text: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch (cause) {
    throw new Error(`${path}: is not UTF-8`, { cause });
  }
}
