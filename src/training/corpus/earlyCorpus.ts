// A dataset before its texts are tokenised: its numbers, and tokens and names of single rows, for an evaluation that need not
// wait for the rest. For sets whose texts can be held; writes nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import type { ShardRow, Side } from "../../core/data/records.ts";
import { readShardLines } from "../data/readShard.ts";
import type { ShardLines } from "../data/shardLines.ts";
import type { ShardSource } from "../data/shardSource.ts";
import { encodeText } from "../text/encodeText.ts";
import type { CorpusBuilder } from "./corpusBuilder.ts";
import type { EarlyCorpus } from "./loadedCorpus.ts";
import { chooseShards, joinRows, prefixOf, type StreamOptions } from "./streamShards.ts";

/** The shards' texts that are held, unpacked. */
const MOST_BYTES = 2 ** 24;
/** Shards that are read side by side. */
const AT_ONCE = 8;

/** Whether the texts of these languages are few enough. */
export function fitsEarly(manifest: Manifest, languages: readonly string[]): boolean {
  const chosen = chooseShards(manifest, languages);
  return chosen.reduce((bytes, i) => bytes + manifest.shards[i]!.textBytes, 0) <= MOST_BYTES;
}

/**
 * Reads and checks the shards that `streamShards` would read.
 * @param numbers of the same shards; a builder is used up
 * @returns the lines of each shard too, for whoever tokenises them all
 * @throws what readShard throws
 */
export async function readEarly(
  source: ShardSource,
  manifest: Manifest,
  numbers: CorpusBuilder | Promise<Corpus>,
  { languages, tokenizer, prefixes, maxTokens, onProgress, signal }: StreamOptions,
): Promise<{ readonly early: EarlyCorpus; readonly linesOf: ReadonlyMap<number, ShardLines> }> {
  const chosen = chooseShards(manifest, languages);
  const total = chosen.reduce((sum, i) => sum + manifest.shards[i]!.bytes, 0);
  const linesOf = new Map<number, ShardLines>();
  let done = 0;
  const read = async (i: number) => {
    linesOf.set(i, await readShardLines(source, manifest.shards[i]!, signal));
    done += manifest.shards[i]!.bytes;
    onProgress?.({ phase: "download", done, total });
  };
  const bySide: Record<Side, Rows> = { queries: createRows(), passages: createRows() };
  for (let first = 0; first < chosen.length; first += AT_ONCE) {
    const some = chosen.slice(first, first + AT_ONCE);
    await Promise.all(some.map(read));
    for (const i of some) {
      const lines = linesOf.get(i)!;
      if ("add" in numbers) numbers.add(i, { names: lines.rows() });
      bySide[manifest.shards[i]!.side].add(lines, manifest.shards[i]!.count);
    }
  }
  const find = (side: Side, rows: Int32Array) => Array.from(rows, (row) => bySide[side].at(row));
  const early: EarlyCorpus = {
    corpus: "build" in numbers ? numbers.build() : await numbers,
    tokens(side, rows) {
      const prefix = prefixOf(side, prefixes);
      const lists = find(side, rows).map(({ text }) => encodeText(tokenizer, prefix + text, maxTokens).ids);
      return Promise.resolve(joinRows(lists));
    },
    names: (side, rows) => Promise.resolve(find(side, rows).map(({ id, concepts }) => ({ id, concepts }))),
  };
  return { early, linesOf };
}

type Rows = ReturnType<typeof createRows>;

/** Shards end to end. */
function createRows() {
  const shards: { readonly first: number; readonly lines: ShardLines }[] = [];
  let n = 0;
  return {
    add(lines: ShardLines, count: number) {
      shards.push({ first: n, lines });
      n += count;
    },
    at(row: number): ShardRow {
      const { first, lines } = shards.findLast(({ first }) => first <= row)!;
      return lines.row(row - first);
    },
  };
}
