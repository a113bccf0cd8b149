// Tokens and names of single rows, read from packed shards through a bounded cache. Row numbers are the corpus'.
import type { RowName, TokenRows } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";
import type { BlockCache, ByteFile } from "./blockCache.ts";
import { parseName, readSpan, readTokens, type PackedLayout } from "./packedShard.ts";

/** One packed shard that rows are read from. */
export interface ReadableShard {
  readonly shard: number; // index into manifest.shards
  readonly layout: PackedLayout;
  readonly tokenIndex: Uint32Array; // as in OpenedPack: four bytes a row in memory spare training half of its reads
  readonly file: ByteFile;
}

export interface RowReader {
  /** Shards of a side must be added in the order of the corpus' rows. */
  add(side: Side, shard: ReadableShard): void;
  tokens(side: Side, rows: Int32Array): Promise<TokenRows>;
  names(side: Side, rows: Int32Array): Promise<RowName[]>;
  /** Where a row stands. @throws RangeError for a row the side does not have */
  locate(side: Side, row: number): { readonly shard: number; readonly line: number };
}

export function createRowReader(cache: BlockCache): RowReader {
  const sides: Record<Side, { shards: ReadableShard[]; firstRows: number[]; n: number }> = {
    queries: { shards: [], firstRows: [], n: 0 },
    passages: { shards: [], firstRows: [], n: 0 },
  };
  const find = (side: Side, row: number): { shard: ReadableShard; line: number } => {
    const { shards, firstRows, n } = sides[side];
    if (!(row >= 0 && row < n)) throw new RangeError(`rows: ${side} has ${n} rows, there is no row ${row}`);
    let low = 0;
    let high = firstRows.length; // the shard is in low .. high - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firstRows[middle]! <= row) low = middle;
      else high = middle;
    }
    return { shard: shards[low]!, line: row - firstRows[low]! };
  };
  return {
    add(side, shard) {
      const known = sides[side];
      if (shard.layout.n === 0) return;
      known.shards.push(shard);
      known.firstRows.push(known.n);
      known.n += shard.layout.n;
    },
    async tokens(side, rows) {
      const found = Array.from(rows, (row) => find(side, row));
      const offsets = new Int32Array(rows.length + 1);
      const ranges = found.map(({ shard: { file, layout, tokenIndex }, line }, i) => {
        const { tokensAt, tokenBytes } = layout;
        const [from, to] = [tokenIndex[line]!, tokenIndex[line + 1]!];
        offsets[i + 1] = offsets[i]! + to - from;
        return { file, at: tokensAt + tokenBytes * from, length: tokenBytes * (to - from) };
      });
      const bytes = await cache.read(ranges);
      const tokens = new Int32Array(offsets[rows.length]!);
      bytes.forEach((own, i) => readTokens(own, found[i]!.shard.layout.tokenBytes, tokens, offsets[i]!));
      return { offsets, tokens };
    },
    async names(side, rows) {
      const found = Array.from(rows, (row) => find(side, row));
      const spans = await cache.read(
        found.map(({ shard: { file, layout }, line }) => ({
          file,
          at: layout.nameIndexAt + 4 * line,
          length: 8,
        })),
      );
      const bytes = await cache.read(
        found.map(({ shard: { file, layout } }, i) => {
          const [from, to] = readSpan(spans[i]!);
          return { file, at: layout.namesAt + from, length: to - from };
        }),
      );
      return bytes.map(parseName);
    },
    locate(side, row) {
      const { shard, line } = find(side, row);
      return { shard: shard.shard, line };
    },
  };
}
