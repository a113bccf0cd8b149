// A dataset behind an address: the embedded set of the page's own server, or any copy of a dataset folder.
import { baseName } from "../../core/formats/sourceFile.ts";
import { MANIFEST_FILE, type Manifest, type Shard } from "../../core/data/manifest.ts";
import { fetchError, reasonOf, SILENCE_MS, silenceGuard, sleep } from "./waiting.ts";
import { collectBytes, joinPath, readManifest, streamOf, type ShardSource } from "./shardSource.ts";

export interface HttpOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly attempts?: number; // tries per file, the first included; default 4
  readonly backOffMs?: number; // wait before the second try, doubled for each further one; default 500
  readonly silenceMs?: number; // a server that sends nothing for this long counts as failed; default SILENCE_MS
}

const MAX_MANIFEST_BYTES = 64 * 2 ** 20;

/** @param baseUrl address of the folder that holds manifest.json, absolute or (in a page) relative to it */
export function createHttpShards(baseUrl: string, options: HttpOptions = {}): ShardSource {
  return {
    id: baseUrl,
    async manifest(signal): Promise<Manifest> {
      const url = joinPath(baseUrl, MANIFEST_FILE);
      const bytes = await fetchBytes(url, MAX_MANIFEST_BYTES, () => true, options, signal);
      return readManifest(new TextDecoder().decode(bytes), url);
    },
    async open(shard: Shard, signal) {
      const url = joinPath(baseUrl, shard.path);
      // Expanded on the way when the server labels .gz files as an encoding: then it has the length of the text.
      const isWhole = (n: number) => n === shard.bytes || n === shard.textBytes;
      const maxBytes = Math.max(shard.bytes, shard.textBytes);
      return streamOf(await fetchBytes(url, maxBytes, isWhole, options, signal));
    },
  };
}

/** Why one try failed, and whether another may do better. */
class FetchFailure extends Error {
  readonly isLasting: boolean;
  constructor(message: string, isLasting: boolean, cause?: unknown) {
    super(message, { cause });
    this.isLasting = isLasting;
  }
}

/**
 * One file, whole. Unreachable servers, 408, 429, 5xx, cut bodies and silence are tried again; other answers are not.
 * @param isWhole tells from the number of bytes whether the body is complete
 * @throws Error naming the address, the reason and the number of tries; the signal's reason when aborted
 */
export async function fetchBytes(
  url: string,
  maxBytes: number,
  isWhole: (bytes: number) => boolean,
  { attempts = 4, backOffMs = 500, ...options }: HttpOptions,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await fetchOnce(url, maxBytes, isWhole, options, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof FetchFailure)) throw error;
      if (error.isLasting || attempt >= attempts) {
        const tries = attempt === 1 ? "" : ` (${attempt} tries)`;
        const said = new Error(`${url}: ${error.message}${tries}`, { cause: error.cause });
        throw error.isLasting ? said : fetchError(baseName(url), said);
      }
      await sleep(backOffMs * 2 ** (attempt - 1), signal);
    }
  }
}

async function fetchOnce(
  url: string,
  maxBytes: number,
  isWhole: (bytes: number) => boolean,
  { fetch = globalThis.fetch, silenceMs = SILENCE_MS }: HttpOptions,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const guard = silenceGuard(silenceMs, signal);
  try {
    const response = await fetch(url, { signal: guard.signal });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      const isPassing = response.status >= 500 || response.status === 408 || response.status === 429;
      throw new FetchFailure(
        `the server answered ${response.status} ${response.statusText}`.trim(),
        !isPassing,
      );
    }
    const tooLong = () => new FetchFailure(`sends more than the ${maxBytes} bytes expected`, true);
    const bytes = await collectBytes(response.body, maxBytes, tooLong, guard.onBytes);
    if (!isWhole(bytes.byteLength)) throw new FetchFailure(`was cut at ${bytes.byteLength} bytes`, false);
    return bytes;
  } catch (error) {
    if (error instanceof FetchFailure) throw error;
    if (guard.isSilent()) throw new FetchFailure(`sent nothing for ${silenceMs / 1000} s`, false, error);
    throw new FetchFailure(`could not be read (${reasonOf(error)})`, false, error);
  } finally {
    guard.end();
  }
}
