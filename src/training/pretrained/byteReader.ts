// Reads a stream in pieces of the caller's size, counting and hashing every byte. Holds one piece at a time.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DataError } from "../../core/inputError.ts";

export interface ByteReader {
  /** The next n bytes; valid until the next call. @throws DataError naming the file if it ends before */
  take(n: number): Promise<Uint8Array>;
  /** The next n bytes, or what is left where that is less. */
  upTo(n: number): Promise<Uint8Array>;
  /** Reads past n bytes. */
  skip(n: number): Promise<void>;
  /** SHA-256 of all bytes so far, lower-case hex; the end must have been reached. @throws DataError if more follows */
  finish(): Promise<string>;
  cancel(): Promise<void>;
}

/**
 * @param onBytes told how many more bytes have arrived
 * @param hashOf SHA-256 of the whole stream, where somebody else takes it
 */
export function createByteReader(
  stream: ReadableStream<Uint8Array>,
  where: string,
  onBytes: (n: number) => void = () => undefined,
  hashOf?: () => Promise<string>,
): ByteReader {
  const reader = stream.getReader();
  const hash = hashOf ? undefined : sha256.create();
  let chunk: Uint8Array = new Uint8Array(0); // arrived, not yet taken
  let taken = 0;

  /** The next chunk that is not empty, or undefined at the end. */
  const pull = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      if (value.length === 0) continue;
      hash?.update(value);
      onBytes(value.length);
      return value;
    }
  };
  const more = async (missing: number): Promise<Uint8Array> => {
    const next = await pull();
    if (next) return next;
    throw new DataError(`${where} ends after ${taken} bytes, ${missing} too early: it is cut short`);
  };

  return {
    async upTo(n) {
      const parts: number[] = [];
      while (parts.length < n) {
        if (chunk.length === 0) chunk = (await pull()) ?? chunk;
        if (chunk.length === 0) break;
        const part = chunk.subarray(0, n - parts.length);
        parts.push(...part);
        chunk = chunk.subarray(part.length);
        taken += part.length;
      }
      return Uint8Array.from(parts);
    },
    async take(n) {
      if (chunk.length >= n) {
        const piece = chunk.subarray(0, n);
        chunk = chunk.subarray(n);
        taken += n;
        return piece;
      }
      const piece = new Uint8Array(n);
      let filled = 0;
      while (filled < n) {
        if (chunk.length === 0) chunk = await more(n - filled);
        const part = chunk.subarray(0, n - filled);
        piece.set(part, filled);
        chunk = chunk.subarray(part.length);
        filled += part.length;
        taken += part.length;
      }
      return piece;
    },
    async skip(n) {
      for (let left = n; left > 0;) {
        if (chunk.length === 0) chunk = await more(left);
        const part = Math.min(left, chunk.length);
        chunk = chunk.subarray(part);
        left -= part;
        taken += part;
      }
    },
    async finish() {
      const extra = chunk.length > 0 ? chunk : await pull();
      if (extra) throw new DataError(`${where} goes on after its last tensor: it was added to`);
      return hashOf ? hashOf() : bytesToHex(hash!.digest());
    },
    async cancel() {
      await reader.cancel().catch(() => undefined); // a stream that failed already told why
    },
  };
}
