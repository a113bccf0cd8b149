// A dataset before its texts are tokenised: its numbers, and tokens and names of single rows, for an evaluation that need not
// wait for the rest. For sets whose texts can be held; writes nothing.
import type { Manifest } from "../../core/data/manifest.ts";
import type { ShardRow, Side } from "../../core/data/records.ts";
import { readShard } from "../data/readShard.ts";
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
 * @param builder of the same shards; used up
 * @returns the rows of each shard too, for whoever tokenises them all
 * @throws what readShard throws
 */
export async function readEarly(
  source: ShardSource,
  manifest: Manifest,
  builder: CorpusBuilder,
  { languages, tokenizer, prefixes, maxTokens, onProgress, signal }: StreamOptions,
): Promise<{ readonly early: EarlyCorpus; readonly rowsOf: ReadonlyMap<number, readonly ShardRow[]> }> {
  const chosen = chooseShards(manifest, languages);
  const total = chosen.reduce((sum, i) => sum + manifest.shards[i]!.bytes, 0);
  const rowsOf = new Map<number, readonly ShardRow[]>();
  let done = 0;
  const read = async (i: number) => {
    rowsOf.set(i, await readShard(source, manifest.shards[i]!, signal));
    done += manifest.shards[i]!.bytes;
    onProgress?.({ phase: "download", done, total });
  };
  for (let first = 0; first < chosen.length; first += AT_ONCE) {
    await Promise.all(chosen.slice(first, first + AT_ONCE).map(read));
  }
  const rowsBySide: Record<Side, ShardRow[]> = { queries: [], passages: [] };
  for (const i of chosen) {
    builder.add(i, { names: rowsOf.get(i)! });
    for (const row of rowsOf.get(i)!) rowsBySide[manifest.shards[i]!.side].push(row);
  }
  const find = (side: Side, rows: Int32Array) => Array.from(rows, (row) => rowsBySide[side][row]!);
  const early: EarlyCorpus = {
    corpus: builder.build(),
    tokens(side, rows) {
      const prefix = prefixOf(side, prefixes);
      const lists = find(side, rows).map(({ text }) => encodeText(tokenizer, prefix + text, maxTokens).ids);
      return Promise.resolve(joinRows(lists));
    },
    names: (side, rows) => Promise.resolve(find(side, rows).map(({ id, concepts }) => ({ id, concepts }))),
  };
  return { early, rowsOf };
}
