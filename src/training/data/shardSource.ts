// Where the bytes of a dataset come from and go to: the border every store (web, folder, browser storage) implements.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { canonicalJson } from "../../core/data/canonicalJson.ts";
import {
  contentOf,
  MANIFEST_FILE,
  parseManifest,
  type Manifest,
  type Shard,
} from "../../core/data/manifest.ts";

/** One dataset that can be read. Sources only move bytes: what they deliver is checked by readShard. */
export interface ShardSource {
  readonly id: string; // names the dataset in errors
  /** The manifest, checked: shape, paths and its own hash. */
  manifest(signal?: AbortSignal): Promise<Manifest>;
  /** The bytes of one shard; the caller reads the stream to its end or cancels it. */
  open(shard: Shard, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  /** The same where it lies, nothing of it read; left out where the shard is no file of the browser. */
  file?(shard: Shard): Promise<Blob>;
}

/** One dataset being written. Nothing is visible under its id before `commit`. */
export interface ShardSink {
  write(path: string, bytes: Uint8Array): Promise<void>;
  commit(manifest: Manifest): Promise<void>;
  abort(): Promise<void>; // removes what was written; safe to call twice
}

/** Of a piece of a stream: what a decompressor makes of one is bounded. */
const SLICE_BYTES = 2 ** 14;

/** Bytes at hand as a stream that is pulled in slices. Not by a Blob, whose bytes a browser sends to another process and back. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.byteLength) controller.enqueue(bytes.subarray(at, (at += SLICE_BYTES)));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The same, by the machine's own code where there is some (pages from afar that are not https have none). */
export async function sha256Native(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (!subtle) return sha256Hex(bytes);
  return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)));
}

/** The dataset's identity: what run records call the data's sha256. */
export function manifestSha256(manifest: Parameters<typeof contentOf>[0]): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(contentOf(manifest))));
}

/** @throws Error naming `where` when the text is no manifest or its hash does not cover its shard list */
export function readManifest(text: string, where: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where} is not JSON (a web server may answer a missing file with a page)`, { cause });
  }
  const manifest = parseManifest(value, where);
  const actual = manifestSha256(manifest);
  if (actual !== manifest.sha256) {
    throw new Error(
      `${where}: sha256 is ${manifest.sha256}, its shard list gives ${actual}: one was changed`,
    );
  }
  return manifest;
}

/** Joins a dataset's folder or address with a path inside it. */
export function joinPath(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}/${path}`;
}

export function manifestPath(base: string): string {
  return joinPath(base, MANIFEST_FILE);
}

/**
 * Reads a stream to its end.
 * @throws Error through `tooLong` as soon as there are more than `maxBytes`; the rest is cancelled unread
 */
export async function collectBytes(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
  tooLong: () => Error,
  onBytes?: (n: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let n = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      n += value.byteLength;
      if (n > maxBytes) throw tooLong();
      parts.push(value);
      onBytes?.(value.byteLength);
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined); // the first error is the one to tell
    throw error;
  }
  const bytes = new Uint8Array(n);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
