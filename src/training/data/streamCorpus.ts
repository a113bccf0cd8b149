// A dataset as a stream of tokenised shards. Fetching runs a bounded number of shards ahead of the consumer; a
// consumer that does not pull stops it. Holds no row after handing it over.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { Manifest, Shard } from "../../core/data/manifest.ts";
import type { ShardRow, Side, Split } from "../../core/data/records.ts";
import { encodeText, type TextTokenizer } from "../text/encodeText.ts";
import { readShard } from "./readShard.ts";
import type { ShardSource } from "./shardSource.ts";

/** The rows of one shard as numbers: what the trainer worker gets. The arrays' buffers may be transferred. */
export interface ChunkColumns {
  readonly shard: number; // index into manifest.shards
  readonly ids: readonly string[]; // (n)
  readonly conceptOffsets: Int32Array; // (n + 1)
  readonly concepts: readonly string[]; // laid end to end
  readonly rows: TokenRows; // (n)
  readonly cutRows: number; // rows longer than maxTokens, which lost their end
}

/** One shard, decoded and tokenised. The texts stay in the data worker, which shows them on demand. */
export interface CorpusChunk {
  readonly columns: ChunkColumns;
  readonly texts: readonly string[]; // (n), without prefix
}

/** Both counts only grow, and end at their totals: bytes of the files, records of the manifest. */
export interface StreamProgress {
  readonly phase: "download" | "tokenise";
  readonly done: number;
  readonly total: number;
}

export interface StreamOptions {
  readonly languages: readonly string[];
  readonly sides: readonly Side[];
  readonly splits?: readonly Split[]; // default: all
  readonly tokenizer: TextTokenizer;
  readonly prefixes: { readonly query: string; readonly passage: string }; // e.g. "Query: "; tokenised with the text
  readonly maxTokens: number; // >= 1
  readonly shardsAhead?: number; // fetched before they are asked for; default 2
  readonly onProgress?: (progress: StreamProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * The chunks of the chosen shards in manifest order.
 * @throws what readShard throws; RangeError naming a language the dataset lacks or a bad maxTokens
 */
export async function* streamCorpus(
  source: ShardSource,
  options: StreamOptions,
): AsyncGenerator<CorpusChunk> {
  const { maxTokens, shardsAhead = 2, onProgress, signal } = options;
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    throw new RangeError(`streamCorpus: maxTokens must be an integer >= 1, got ${maxTokens}`);
  }
  const manifest = await source.manifest(signal);
  const chosen = chooseShards(manifest, options);
  const totalBytes = chosen.reduce((sum, i) => sum + manifest.shards[i]!.bytes, 0);
  const totalRows = chosen.reduce((sum, i) => sum + manifest.shards[i]!.count, 0);
  let bytes = 0;
  let rows = 0;

  const stop = new AbortController(); // ends the fetches ahead when the consumer leaves early
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const fetchRows = async (index: number) => {
    const shard = manifest.shards[index]!;
    const read = await readShard(source, shard, either);
    bytes += shard.bytes;
    onProgress?.({ phase: "download", done: bytes, total: totalBytes });
    return read;
  };
  const ahead: Promise<readonly ShardRow[]>[] = [];
  try {
    for (const [position, index] of chosen.entries()) {
      while (ahead.length <= shardsAhead && position + ahead.length < chosen.length) {
        const next = fetchRows(chosen[position + ahead.length]!);
        next.catch(() => undefined); // awaited in its turn; until then a failure is not unhandled
        ahead.push(next);
      }
      const read = await ahead.shift()!;
      either.throwIfAborted();
      const chunk = tokeniseRows(read, index, manifest.shards[index]!, options);
      rows += read.length;
      onProgress?.({ phase: "tokenise", done: rows, total: totalRows });
      yield chunk;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(ahead);
  }
}

/** Indices into manifest.shards. */
function chooseShards(manifest: Manifest, { languages, sides, splits }: StreamOptions): number[] {
  const missing = languages.find((lang) => !manifest.languages.includes(lang));
  if (missing !== undefined) {
    throw new RangeError(
      `${manifest.id} has no language "${missing}"; it has ${manifest.languages.join(", ")}`,
    );
  }
  const wanted = (s: Shard) =>
    languages.includes(s.lang) && sides.includes(s.side) && (splits?.includes(s.split) ?? true);
  return manifest.shards.flatMap((shard, i) => (wanted(shard) ? [i] : []));
}

function tokeniseRows(
  read: readonly ShardRow[],
  index: number,
  shard: Shard,
  { tokenizer, prefixes, maxTokens }: StreamOptions,
): CorpusChunk {
  const prefix = shard.side === "queries" ? prefixes.query : prefixes.passage;
  const offsets = new Int32Array(read.length + 1);
  const conceptOffsets = new Int32Array(read.length + 1);
  const encoded: Int32Array[] = [];
  let cutRows = 0;
  read.forEach(({ text, concepts }, i) => {
    const { ids, cut } = encodeText(tokenizer, prefix + text, maxTokens);
    if (cut) cutRows++;
    encoded.push(ids);
    offsets[i + 1] = offsets[i]! + ids.length;
    conceptOffsets[i + 1] = conceptOffsets[i]! + concepts.length;
  });
  const tokens = new Int32Array(offsets[read.length]!);
  encoded.forEach((row, i) => tokens.set(row, offsets[i]));
  const columns: ChunkColumns = {
    shard: index,
    ids: read.map(({ id }) => id),
    conceptOffsets,
    concepts: read.flatMap(({ concepts }) => concepts),
    rows: { offsets, tokens },
    cutRows,
  };
  return { columns, texts: read.map(({ text }) => text) };
}
