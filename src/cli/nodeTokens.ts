// The token cache of the command line: files under the lab's home.
import { closeSync, openSync, readSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ByteFile } from "../training/corpus/blockCache.ts";
import { memoryFile, shardKey, TOKEN_CACHE_BYTES, type TokenStore } from "../training/corpus/tokenStore.ts";
import { isRunning } from "./files/isRunning.ts";
import { writeProblem } from "./files/outPlaces.ts";
import { labHome } from "./nodeShards.ts";

/** A set of 2 million pairs has about 300. */
const OPEN_FILES = 512;

/** @param dir default: `tokens/` in the lab's home */
export function createFolderTokens(
  dir: string = path.join(labHome(), "tokens"),
  limitBytes = TOKEN_CACHE_BYTES,
): TokenStore {
  const used = new Set<string>();
  const openFile = createFilePool(dir);
  const list = async () => {
    const names = await readdir(dir).catch(() => [] as string[]); // none yet
    const known = await Promise.all(
      names.map(async (key) => {
        const found = await stat(path.join(dir, key)).catch(() => undefined); // gone: another process made room
        return found ? [{ key, size: found.size, mtimeMs: found.mtimeMs }] : [];
      }),
    );
    return known.flat();
  };
  let total: number | undefined;
  const makeRoom = async (bytes: number) => {
    total ??= (await list()).reduce((sum, { size }) => sum + size, 0);
    total += bytes;
    if (total <= limitBytes) return;
    const known = await list();
    known.sort((a, b) => a.mtimeMs - b.mtimeMs);
    for (const { key, size } of known) {
      if (total <= limitBytes) return;
      if (used.has(key)) continue;
      await rm(path.join(dir, key), { force: true });
      total -= size;
    }
  };
  let note: string | null = null;
  const sweep = createSweep(dir);
  return {
    get note() {
      return note;
    },
    async find(key) {
      const bytes = await readFile(path.join(dir, key)).catch(() => undefined);
      if (!bytes) return undefined;
      used.add(key);
      return { bytes, file: openFile(key, bytes.byteLength) };
    },
    async write(key, bytes) {
      const incoming = path.join(dir, `${key}.${process.pid}`);
      try {
        await mkdir(dir, { recursive: true });
        await sweep();
        await makeRoom(bytes.byteLength);
        await writeFile(incoming, bytes);
        await rename(incoming, path.join(dir, key)); // whole or not at all
      } catch (error) {
        await rm(incoming, { force: true }).catch(() => undefined);
        note = `Tokens cannot be kept in ${dir}: ${writeProblem(error)}; they are held in memory, and made again by the next run`;
        return memoryFile(bytes);
      }
      used.add(key);
      return openFile(key, bytes.byteLength);
    },
    beginLoad: () => used.clear(),
    totalBytes: async () => (await list()).reduce((sum, { size }) => sum + size, 0),
    async removeShards(shards) {
      const gone = new Set(shards.map(shardKey));
      for (const { key } of await list()) {
        if (gone.has(key.split("-")[0]!)) await rm(path.join(dir, key), { force: true });
      }
      total = undefined;
    },
  };
}

/** Removes, once, what killed processes left: KEY.PID. */
function createSweep(dir: string): () => Promise<void> {
  let done: Promise<void> | undefined;
  const sweep = async () => {
    for (const name of await readdir(dir)) {
      const pid = Number(/\.(\d+)$/.exec(name)?.[1] ?? NaN);
      if (pid > 0 && !isRunning(pid)) await rm(path.join(dir, name), { force: true });
    }
  };
  return () => (done ??= sweep());
}

/** Files opened at their first read; the one unread for longest is closed when there are too many. */
function createFilePool(dir: string) {
  const open = new Map<string, number>(); // descriptors, oldest use first
  return (key: string, size: number): ByteFile => ({
    size,
    read(at, into) {
      let fd = open.get(key);
      open.delete(key);
      fd ??= openSync(path.join(dir, key), "r");
      open.set(key, fd); // at the young end
      for (const [old, oldest] of open) {
        if (open.size <= OPEN_FILES) break;
        closeSync(oldest);
        open.delete(old);
      }
      const n = readSync(fd, into, 0, into.byteLength, at);
      if (n !== into.byteLength) {
        throw new Error(`${path.join(dir, key)}: ${n} of ${into.byteLength} bytes could be read`);
      }
      return undefined;
    },
  });
}
