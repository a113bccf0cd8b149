// Where tokenised shards are cached between runs: the border of its stores, and the one in memory.
import type { Shard } from "../../core/data/manifest.ts";
import { sha256Hex } from "../data/shardSource.ts";
import type { ByteFile } from "./blockCache.ts";

export interface TokenStore {
  /** What a person should know about this store, or null. */
  readonly note: string | null;
  /** The whole entry, and a file to read it from later; undefined if there is none. */
  find(key: string): Promise<{ file: ByteFile; bytes: Uint8Array } | undefined>;
  /** Replaces the entry. Older ones make room, except those found or written since `beginLoad`. */
  write(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<ByteFile>;
  /** Tells that what was used before may make room again. */
  beginLoad(): void;
  totalBytes(): Promise<number>;
  /** Removes the entries of these shards, for every tokenizer. */
  removeShards(shards: readonly Pick<Shard, "textSha256">[]): Promise<void>;
}

/** Above this, entries that no present load needs are dropped, oldest first. */
export const TOKEN_CACHE_BYTES = 2 ** 30;

/** How a shard was turned into tokens. Equal ones give equal tokens. */
export interface Tokenising {
  readonly tokenizerSha256: string;
  readonly prefix: string; // put before each text
  readonly maxTokens: number;
}

/** Two halves of hashes, of the shard's text and of the way it was tokenised. Safe as a file name. */
export function tokenKey(shard: Pick<Shard, "textSha256">, how: Tokenising): string {
  const way = JSON.stringify([how.tokenizerSha256, how.prefix, how.maxTokens]);
  return `${shardKey(shard)}-${sha256Hex(new TextEncoder().encode(way)).slice(0, 32)}`;
}

/** What the keys of one shard begin with. */
export const shardKey = ({ textSha256 }: Pick<Shard, "textSha256">) => textSha256.slice(0, 32);

/** For browsers without private storage, and for tests: as large as its entries, and gone with the process. */
export function createMemoryTokens(note: string | null = null): TokenStore {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    note,
    find(key) {
      const bytes = entries.get(key);
      return Promise.resolve(bytes && { file: memoryFile(bytes), bytes });
    },
    write(key, bytes) {
      entries.set(key, bytes);
      return Promise.resolve(memoryFile(bytes));
    },
    beginLoad: () => undefined,
    totalBytes: () => Promise.resolve([...entries.values()].reduce((sum, b) => sum + b.byteLength, 0)),
    removeShards(shards) {
      const gone = new Set(shards.map(shardKey));
      for (const key of entries.keys()) if (gone.has(key.split("-")[0]!)) entries.delete(key);
      return Promise.resolve();
    },
  };
}

export function memoryFile(bytes: Uint8Array): ByteFile {
  return {
    size: bytes.byteLength,
    read(at, into) {
      into.set(bytes.subarray(at, at + into.byteLength));
      return undefined;
    },
  };
}
