// One shard from its bytes to its rows: nothing leaves before length, hashes, every line and the count are right.
import { messageOf } from "../../core/messageOf.ts";
import { MAX_SHARD_TEXT_BYTES, type Shard } from "../../core/data/manifest.ts";
import type { ShardRow } from "../../core/data/records.ts";
import { createShardLines, type ShardLines } from "./shardLines.ts";
import { collectBytes, sha256Native, streamOf, type ShardSource } from "./shardSource.ts";

/**
 * The rows of one shard, in line order. A shard is about 1 MB, so it is held whole and handed over whole.
 *
 * @throws Error naming dataset, file and (where it is one) line: wrong length, wrong hash, not gzip, a malformed line,
 * a wrong count. Whatever the signal's reason is when aborted.
 */
export async function readShard(
  source: ShardSource,
  shard: Shard,
  signal?: AbortSignal,
  onBytes?: (n: number) => void,
): Promise<readonly ShardRow[]> {
  return (await readShardLines(source, shard, signal, onBytes)).rows();
}

/** The same as it lies: length and hashes are right, its lines are not looked at yet. */
export async function readShardLines(
  source: ShardSource,
  shard: Shard,
  signal?: AbortSignal,
  onBytes?: (n: number) => void,
): Promise<ShardLines> {
  const where = `${source.id}/${shard.path}`;
  signal?.throwIfAborted();
  const maxBytes = Math.max(shard.bytes, shard.textBytes);
  const stream = await source.open(shard, signal);
  const tooLong = () => new Error(`${where}: more than the ${shard.bytes} bytes its manifest states`);
  const bytes = await collectBytes(stream, maxBytes, tooLong, onBytes);
  signal?.throwIfAborted();
  // Some web servers label .gz files "Content-Encoding: gzip", and the browser then delivers them expanded.
  const text = isGzip(bytes) ? await expand(bytes, shard, where) : bytes;
  if (text.byteLength !== shard.textBytes) {
    const states = text === bytes ? `${shard.bytes} bytes of gzip` : `${shard.textBytes} bytes of text`;
    throw new Error(`${where}: ${text.byteLength} bytes, the manifest states ${states}: cut or changed`);
  }
  const textSha256 = await sha256Native(text);
  if (textSha256 !== shard.textSha256) {
    throw new Error(`${where}: text sha256 is ${textSha256}, the manifest states ${shard.textSha256}`);
  }
  return createShardLines(text, where, shard);
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function expand(bytes: Uint8Array, shard: Shard, where: string): Promise<Uint8Array> {
  if (bytes.byteLength !== shard.bytes) {
    throw new Error(
      `${where}: ${bytes.byteLength} bytes, the manifest states ${shard.bytes}: cut or changed`,
    );
  }
  const actual = await sha256Native(bytes);
  if (actual !== shard.sha256) {
    throw new Error(`${where}: sha256 is ${actual}, the manifest states ${shard.sha256}`);
  }
  const limit = Math.min(shard.textBytes, MAX_SHARD_TEXT_BYTES);
  const tooLong = new Error(`${where}: expands to more than the ${limit} bytes its manifest states`);
  try {
    return await collectBytes(pipeThrough(bytes, new DecompressionStream("gzip")), limit, () => tooLong);
  } catch (error) {
    if (error === tooLong) throw error;
    const reason = messageOf(error);
    throw new Error(`${where}: is not a whole gzip file (${reason})`, { cause: error });
  }
}

/** `bytes` through a compressor or decompressor. */
export function pipeThrough(
  bytes: Uint8Array,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  // Pulled in slices, so a bomb is stopped at the limit and not expanded ahead of its reader.
  return streamOf(bytes).pipeThrough(transform as ReadableWritablePair<Uint8Array, Uint8Array>);
}
