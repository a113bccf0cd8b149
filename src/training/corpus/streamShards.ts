// A dataset as a stream of tokenised shards, from the token cache where they are known. Reads a bounded number of
// shards ahead of the consumer; a consumer that does not pull stops it. Holds no row after handing it over.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { Manifest, Shard } from "../../core/data/manifest.ts";
import type { Side } from "../../core/data/records.ts";
import { readShardLines } from "../data/readShard.ts";
import type { ShardLines } from "../data/shardLines.ts";
import type { ShardSource } from "../data/shardSource.ts";
import { encodeText, type TextTokenizer } from "../text/encodeText.ts";
import type { ByteFile } from "./blockCache.ts";
import { openPack, packShard, type OpenedPack } from "./packedShard.ts";
import { tokenKey, type TokenStore } from "./tokenStore.ts";

/** What of a tokenizer a corpus needs. */
export interface CorpusTokenizer extends TextTokenizer {
  readonly sha256: string;
  readonly vocabSize: number;
}

/** One shard, tokenised and in the token store. */
export interface TokenisedShard {
  readonly shard: number; // index into manifest.shards
  readonly pack: OpenedPack;
  readonly bytes: Uint8Array; // of the file, whole
  readonly file: ByteFile;
  readonly lines?: ShardLines; // its texts, without prefix; only when it was tokenised just now
}

/** Both counts only grow, and end at their totals: bytes of the files, records of the manifest. */
export interface StreamProgress {
  readonly phase: "download" | "tokenise";
  readonly done: number;
  readonly total: number;
}

export interface StreamOptions {
  readonly languages: readonly string[];
  readonly tokenizer: CorpusTokenizer;
  readonly prefixes: { readonly query: string; readonly passage: string }; // e.g. "Query: "; tokenised with the text
  readonly maxTokens: number; // >= 1
  readonly shardsAhead?: number; // fetched before they are asked for; default 2
  /** Lines that are at hand, by index into manifest.shards: then all of them, and no download is told. */
  readonly linesOf?: ReadonlyMap<number, ShardLines>;
  readonly onProgress?: (progress: StreamProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * The shards of the chosen languages in manifest order.
 * @throws what readShard throws; RangeError naming a language the dataset lacks or a bad maxTokens
 */
export async function* streamShards(
  source: ShardSource,
  manifest: Manifest,
  store: TokenStore,
  options: StreamOptions,
): AsyncGenerator<TokenisedShard> {
  const { maxTokens, shardsAhead = 2, onProgress, signal } = options;
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    throw new RangeError(`streamShards: maxTokens must be an integer >= 1, got ${maxTokens}`);
  }
  const chosen = chooseShards(manifest, options.languages);
  const totalBytes = chosen.reduce((sum, i) => sum + manifest.shards[i]!.bytes, 0);
  const totalRows = chosen.reduce((sum, i) => sum + manifest.shards[i]!.count, 0);
  let bytes = 0;
  let rows = 0;

  const stop = new AbortController(); // ends the fetches ahead when the consumer leaves early
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const fetchShard = async (index: number): Promise<TokenisedOrRaw> => {
    const shard = manifest.shards[index]!;
    const { key, prefix } = entryOf(shard, options);
    const cached = await store.find(key);
    const pack = cached && openPack(cached.bytes, shard.count);
    const found = cached && pack ? { pack, ...cached } : undefined;
    const lines = found
      ? undefined
      : (options.linesOf?.get(index) ?? (await readShardLines(source, shard, either)));
    bytes += shard.bytes;
    if (!options.linesOf) onProgress?.({ phase: "download", done: bytes, total: totalBytes });
    return found ?? { key, prefix, lines: lines! };
  };
  const ahead: Promise<TokenisedOrRaw>[] = [];
  try {
    for (const [position, index] of chosen.entries()) {
      while (ahead.length <= shardsAhead && position + ahead.length < chosen.length) {
        const next = fetchShard(chosen[position + ahead.length]!);
        next.catch(() => undefined); // awaited in its turn; until then a failure is not unhandled
        ahead.push(next);
      }
      const fetched = await ahead.shift()!;
      either.throwIfAborted();
      const tokenised = "key" in fetched ? await tokenise(fetched, store, options) : fetched;
      rows += manifest.shards[index]!.count;
      onProgress?.({ phase: "tokenise", done: rows, total: totalRows });
      yield { shard: index, ...tokenised };
    }
  } finally {
    stop.abort();
    await Promise.allSettled(ahead);
  }
}

type Tokenised = Omit<TokenisedShard, "shard">;
interface RawShard {
  readonly key: string;
  readonly prefix: string;
  readonly lines: ShardLines;
}
type TokenisedOrRaw = Tokenised | RawShard;

export const prefixOf = (side: Side, { query, passage }: StreamOptions["prefixes"]): string =>
  side === "queries" ? query : passage;

/** What stands before the texts of a shard, and the key of its tokens in a store. */
export function entryOf(
  shard: Shard,
  { tokenizer, prefixes, maxTokens }: Pick<StreamOptions, "tokenizer" | "prefixes" | "maxTokens">,
): { readonly key: string; readonly prefix: string } {
  const prefix = prefixOf(shard.side, prefixes);
  return { prefix, key: tokenKey(shard, { tokenizerSha256: tokenizer.sha256, prefix, maxTokens }) };
}

/** Indices into manifest.shards. @throws RangeError naming a language the dataset lacks */
export function chooseShards(manifest: Manifest, languages: readonly string[]): number[] {
  const missing = languages.find((lang) => !manifest.languages.includes(lang));
  if (missing !== undefined) {
    throw new RangeError(
      `${manifest.id} has no language "${missing}"; it has ${manifest.languages.join(", ")}`,
    );
  }
  return manifest.shards.flatMap((shard, i) => (languages.includes(shard.lang) ? [i] : []));
}

async function tokenise(
  { key, prefix, lines }: RawShard,
  store: TokenStore,
  { tokenizer, maxTokens }: StreamOptions,
): Promise<Tokenised> {
  const names = lines.rows();
  const encoded: Int32Array[] = [];
  let cutRows = 0;
  for (const { text } of names) {
    const { ids, cut } = encodeText(tokenizer, prefix + text, maxTokens);
    if (cut) cutRows++;
    encoded.push(ids);
  }
  const bytes = packShard({ names, rows: joinRows(encoded), cutRows });
  // Read back like an entry of the cache, so that a first and a later load cannot differ.
  const pack = openPack(bytes, names.length)!;
  return { pack, bytes, file: await store.write(key, bytes), lines };
}

/** Lists of token ids laid end to end. */
export function joinRows(lists: readonly Int32Array[]): TokenRows {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i]! + list.length));
  const tokens = new Int32Array(offsets[lists.length]!);
  lists.forEach((list, i) => tokens.set(list, offsets[i]));
  return { offsets, tokens };
}
