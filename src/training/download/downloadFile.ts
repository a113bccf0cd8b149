// One file from an address into a PartialFile: resumes, retries, checks. The same in the page's worker and in Node.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { baseName, chunksOf, type SourceFile } from "../../core/formats/sourceFile.ts";
import { fetchError, reasonOf, SILENCE_MS, silenceGuard, sleep } from "../data/waiting.ts";
import { pulse } from "../engine/pulse.ts";
import { DownloadFailure, interpret } from "./httpAnswer.ts";
import type { PartialFile, Validator } from "./partialFile.ts";

/** What the catalogue knows of a file. */
export interface Expected {
  readonly url: string;
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface DownloadOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly attempts?: number; // tries in a row that bring no byte; default 5
  readonly backOffMs?: number; // wait before the second try, doubled for each further one; default 500
  readonly maxWaitMs?: number; // longest wait, also when the server asks for more; default 60,000
  readonly silenceMs?: number; // a server that sends nothing for this long counts as failed; default SILENCE_MS
  /** Request headers a page may not send across sites: If-Range, Accept-Encoding. Default true. */
  readonly mayAsk?: boolean;
  readonly maxBytes?: number; // of a file whose size the catalogue does not know; default 16 GiB
  readonly onProgress?: (bytes: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** Told why a try failed after which there is another, in a sentence that names the address. */
  readonly onTrouble?: (sentence: string) => void;
}

export interface Downloaded {
  readonly file: SourceFile;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Continues where an earlier call stopped, by cut, cancel or kill. A server that ignores ranges is read from the start.
 * @throws Error naming the address and the reason: the last failure and the number of tries, another size, another
 *   hash (then nothing is kept), or the signal's reason (what is there is kept)
 */
export async function downloadFile(
  expected: Expected,
  part: PartialFile,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const { url } = expected;
  const { attempts = 5, backOffMs = 500, maxWaitMs = 60_000, signal } = options;
  let isResumed = false;
  let isSecond = false; // a whole file had another hash already
  for (let failures = 0; ;) {
    signal?.throwIfAborted();
    const before = (await part.state()).bytes;
    try {
      const result = await fetchRest(expected, part, options);
      isResumed ||= result.isResumed;
      const hash = await hashOf(part.read(), signal);
      if (expected.sha256 === undefined || hash === expected.sha256) {
        const { bytes } = await part.state();
        return { file: await part.finish(), bytes, sha256: hash };
      }
      await part.discard();
      // Bytes of two versions may have been joined: once more, in one piece where the connection lasts.
      if (!isResumed || isSecond)
        throw new DownloadFailure(`sha256 is ${hash}, the catalogue states ${expected.sha256}`, "never");
      isResumed = false;
      isSecond = true;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof DownloadFailure)) throw error;
      if (error.retry === "anew") await part.discard();
      const after = (await part.state()).bytes;
      failures = after > before ? 1 : failures + 1;
      if (after > 0) isResumed = true;
      if (error.retry === "never" || failures >= attempts) {
        const tries = failures > 1 ? ` (${failures} tries)` : "";
        const said = new Error(`${url}: ${error.message}${tries}`, { cause: error.cause });
        throw error.retry === "again" ? fetchError(baseName(url), said) : said;
      }
      options.onTrouble?.(`${url}: ${error.message}; asked again, try ${failures + 1} of ${attempts}`);
      await sleep(Math.min(maxWaitMs, error.retryAfterMs ?? backOffMs * 2 ** (failures - 1)), signal);
    }
  }
}

/** One request for what is missing. @throws DownloadFailure */
async function fetchRest(
  { url, bytes: expectedBytes, sha256: expectedHash }: Expected,
  part: PartialFile,
  {
    fetch = globalThis.fetch,
    silenceMs = SILENCE_MS,
    mayAsk = true,
    maxBytes = 16 * 2 ** 30,
    ...options
  }: DownloadOptions,
): Promise<{ isResumed: boolean }> {
  const { bytes: there, validator } = await part.state();
  if (there > 0 && there === expectedBytes && validator?.url === url) return { isResumed: true };
  // Bytes of unknown origin are of use only where a hash will tell.
  const isUsable = validator?.url === url && (hasVersion(validator) || expectedHash !== undefined);
  const have = isUsable && (expectedBytes === undefined || there < expectedBytes) ? there : 0;
  const guard = silenceGuard(silenceMs, options.signal);
  try {
    const response = await fetch(url, { signal: guard.signal, headers: headersFor(have, validator, mayAsk) });
    try {
      const answer = interpret(response, url, have, validator);
      if (answer.kind === "complete") return { isResumed: true };
      const total = expectedBytes ?? answer.total;
      if (answer.total !== null && total !== null && answer.total !== total) {
        throw new DownloadFailure(`is ${answer.total} bytes long, the catalogue states ${total}`, "never");
      }
      if (answer.kind === "restart") await part.restart(answer.validator);
      let bytes = answer.kind === "restart" ? 0 : have;
      for await (const chunk of chunksOf(response.body ?? new Blob([]).stream())) {
        guard.onBytes();
        pulse(); // chunks that are there already let no message in between
        bytes += chunk.byteLength;
        const most = total ?? maxBytes;
        if (bytes > most) throw new DownloadFailure(`sends more than the ${most} bytes expected`, "never");
        await part.append(chunk);
        options.onProgress?.(bytes, total);
      }
      if (total !== null && bytes < total)
        throw new DownloadFailure(`was cut at ${bytes} of ${total} bytes`, "again");
      return { isResumed: answer.kind === "continue" };
    } catch (error) {
      await response.body?.cancel().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    if (error instanceof DownloadFailure) throw error;
    options.signal?.throwIfAborted();
    if (guard.isSilent())
      throw new DownloadFailure(`sent nothing for ${silenceMs / 1000} s`, "again", undefined, error);
    throw new DownloadFailure(`could not be read (${reasonOf(error)})`, "again", undefined, error);
  } finally {
    guard.end();
  }
}

function headersFor(have: number, validator: Validator | null, mayAsk: boolean): Record<string, string> {
  const plain: Record<string, string> = mayAsk ? { "accept-encoding": "identity" } : {};
  if (have === 0) return plain;
  const version = validator?.etag ?? validator?.lastModified ?? null;
  return {
    ...plain,
    range: `bytes=${have}-`,
    ...(mayAsk && version !== null ? { "if-range": version } : {}),
  };
}

function hasVersion({ etag, lastModified }: Validator): boolean {
  return etag !== null || lastModified !== null;
}

/** SHA-256 of a stream, read to its end. @throws the signal's reason when it aborts */
export async function hashOf(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<string> {
  const hash = sha256.create();
  for await (const chunk of chunksOf(stream)) {
    signal?.throwIfAborted();
    pulse();
    hash.update(chunk);
  }
  return bytesToHex(hash.digest());
}
