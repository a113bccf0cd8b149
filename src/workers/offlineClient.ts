// The files of the page that this browser keeps for use without a network: found, fetched and checked, counted, removed.
// For the page and its service worker alike. Decides nothing about which. What they hold is a blob, which the browser has
// outside of the page: streams and their copies stay in a page's memory until it is collected.
import { DataError } from "../core/inputError.ts";
import { keptName, packedPath, typeOf, type PageFile } from "../core/offline/pageFiles.ts";
import { letGo } from "../core/letGo.ts";

export interface KeptPage {
  /** The file of this very version, or undefined. */
  find(file: PageFile): Promise<Response | undefined>;
  /** The file of any version: what an earlier visit kept, or undefined. */
  findAny(path: string): Promise<Response | undefined>;
  /**
   * Fetches and keeps a file, unless it is kept.
   * @throws DataError where the server sends something else or nothing; what storage throws where it is full
   */
  keep(file: PageFile): Promise<void>;
  /**
   * As `keep`, without the host's help: from the browser's own cache, or from what lies packed beside the file.
   * @returns whether it is kept now; never rejects where only the file cannot be had so
   */
  keepPacked(file: PageFile): Promise<boolean>;
  /** As `keep`, of what the server sent to somebody else. @throws as `keep` */
  keepSent(file: PageFile, sent: Blob, type: string | null): Promise<void>;
  /** Names of all that is kept, as `keptName` gives them. */
  names(): Promise<ReadonlySet<string>>;
  /** Removes all whose name is not wanted. */
  removeExcept(isWanted: (name: string) => boolean): Promise<void>;
}

export interface PagePorts {
  readonly base: string; // the page's folder, ending in "/"
  readonly caches: Pick<CacheStorage, "open">;
  readonly fetch: (url: string) => Promise<Response>;
  /** What the browser has in its own cache, where that can be known; asks no server. */
  readonly cached?: (url: string) => Promise<Response | undefined>;
}

export function openKeptPage({ base, caches, fetch, cached }: PagePorts): KeptPage {
  const cache = caches.open(`hybrid-batch-lab ${base}`); // one for each lab of a host
  cache.catch(() => undefined); // told to whoever asks
  const find = async (file: PageFile) => (await cache).match(base + keptName(file));
  const keepSent: KeptPage["keepSent"] = async (file, sent, type) => {
    if ((await beginningOfSha256(await sent.arrayBuffer())) !== file.sha256)
      throw new DataError(`${file.path}: the server sends another version of it`);
    await put(file, sent, type ?? "");
  };
  const put = async (file: PageFile, content: Blob, type: string) => {
    const headers = { "Content-Type": type, "Content-Length": `${content.size}` };
    await (await cache).put(base + keptName(file), new Response(content, { headers }));
  };
  const keepPacked = async (file: PageFile) => {
    if (!file.isPacked) return false;
    const ways: (() => Promise<Response | undefined> | undefined)[] = [
      () => cached?.(base + file.path),
      () => fetch(base + packedPath(file.path)),
    ];
    for (const way of ways) {
      const answer = await way()?.catch(() => undefined);
      const bytes = answer?.ok && (await unpacked(answer, file.bytes).catch(() => undefined));
      const content = bytes && new Blob([bytes]);
      if (!content || (await beginningOfSha256(bytes)) !== file.sha256) continue;
      await put(file, content, typeOf(file.path)!);
      return true;
    }
    return false;
  };
  return {
    find,
    findAny: async (path) => (await cache).match(base + path, { ignoreSearch: true }),
    keepSent,
    keepPacked,
    async keep(file) {
      if ((await find(file)) || (await keepPacked(file))) return;
      const unreached = (cause: unknown) => {
        throw new DataError(`${file.path} could not be fetched: no server was reached`, { cause });
      };
      const answer = await fetch(base + file.path).catch(unreached);
      if (!answer.ok) throw new DataError(`${file.path}: the server answered ${answer.status}`);
      await keepSent(file, await answer.blob(), answer.headers.get("content-type"));
    },
    async names() {
      return new Set((await (await cache).keys()).map(({ url }) => url.slice(base.length)));
    },
    async removeExcept(isWanted) {
      const own = await cache;
      for (const request of await own.keys())
        if (!isWanted(request.url.slice(base.length))) await own.delete(request);
    },
  };
}

/** Hosts that know the ending unpack on the way. @throws RangeError past `limit` bytes; where the bytes are no gzip */
async function unpacked(answer: Response, limit: number): Promise<ArrayBuffer> {
  const given = await answer.arrayBuffer();
  const [first, second] = new Uint8Array(given);
  if (first !== 0x1f || second !== 0x8b) return given;
  const stream = new Blob([given]).stream().pipeThrough(new DecompressionStream("gzip"));
  const made = new Uint8Array(limit);
  let at = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return made.buffer.slice(0, at);
    if (at + value.byteLength > limit) throw new RangeError(`unpacks to more than ${limit} bytes`);
    made.set(value, at);
    at += value.byteLength;
  }
}

/** The bytes are let go of. */
async function beginningOfSha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  letGo({ buffer: bytes });
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the page asks of a service worker. */
export const OFFLINE_WORKER = "offline.worker.js";
export const ASK_LIST = "list"; // answered by the list of its version's files
export const TAKE_OVER = "take over"; // in place of the worker before it
