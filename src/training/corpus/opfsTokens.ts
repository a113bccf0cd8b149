// The token cache in the browser's private file system. Entries are read through synchronous handles where the browser
// has them (in workers), as slices of a file elsewhere.
import { messageOf } from "../../core/messageOf.ts";
import { onceDone } from "../../core/onceDone.ts";
import { askFile, askHandle, askWritable, fileOf, privateRoot } from "../data/opfsFiles.ts";
import type { ByteFile } from "./blockCache.ts";
import {
  createMemoryTokens,
  memoryFile,
  shardKey,
  TOKEN_CACHE_BYTES,
  type TokenStore,
} from "./tokenStore.ts";

const FOLDER = "tokens";

/**
 * Handles that stay open: each read through an open one takes microseconds, opening one takes a millisecond. A set of 2
 * million pairs has about 300 files.
 */
const OPEN_HANDLES = 512;

/** The browser's private file system if it can be opened, else memory with a note. */
export async function openTokenStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
  limitBytes = TOKEN_CACHE_BYTES,
): Promise<TokenStore> {
  try {
    return createOpfsTokens(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }), limitBytes);
  } catch {
    return createMemoryTokens(); // the dataset store says why (see openShardStore)
  }
}

interface Entry {
  readonly size: number;
  readonly writtenMs: number;
}

function createOpfsTokens(folder: FileSystemDirectoryHandle, limitBytes: number): TokenStore {
  const used = new Set<string>();
  const handles = createHandlePool(folder);
  let note: string | null = null;

  const listed = onceDone(() => listEntries(folder));
  const remove = async (key: string) => {
    handles.close(key);
    await folder.removeEntry(key).then(
      () => listed().then((known) => known.delete(key)),
      () => undefined, // open in another tab: it stays
    );
  };
  const makeRoom = async (bytes: number) => {
    const known = await listed();
    let total = bytes;
    for (const { size } of known.values()) total += size;
    const old = [...known].filter(([key]) => !used.has(key)).sort((a, b) => a[1].writtenMs - b[1].writtenMs);
    for (const [key, { size }] of old) {
      if (total <= limitBytes) return;
      await remove(key);
      total -= size;
    }
  };
  return {
    get note() {
      return note;
    },
    async find(key) {
      try {
        if (!(await listed()).has(key)) return undefined;
        used.add(key);
        const bytes = new Uint8Array(await (await fileOf(folder, key)).arrayBuffer());
        return { bytes, file: handles.file(key, bytes.byteLength) };
      } catch {
        return undefined; // gone or not readable: it will be written again
      }
    },
    async write(key, bytes) {
      try {
        await makeRoom(bytes.byteLength);
        handles.close(key);
        await writeWhole(folder, key, bytes);
        (await listed()).set(key, { size: bytes.byteLength, writtenMs: Date.now() });
        used.add(key);
        return handles.file(key, bytes.byteLength);
      } catch (error) {
        const reason = messageOf(error);
        note = `Token lists are kept in memory: this browser's storage took no more (${reason})`;
        await remove(key).catch(() => undefined); // nothing half-written stays
        return memoryFile(bytes);
      }
    },
    beginLoad: () => used.clear(),
    async totalBytes() {
      return [...(await listed()).values()].reduce((sum, { size }) => sum + size, 0);
    },
    async removeShards(shards) {
      const gone = new Set(shards.map(shardKey));
      for (const key of [...(await listed()).keys()]) if (gone.has(key.split("-")[0]!)) await remove(key);
    },
  };
}

async function listEntries(folder: FileSystemDirectoryHandle): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for await (const [key, handle] of folder.entries()) {
    if (handle.kind !== "file") continue;
    const file = await askFile(handle).catch(() => undefined); // another tab may have removed it meanwhile
    if (file) found.set(key, { size: file.size, writtenMs: file.lastModified });
  }
  return found;
}

/** The part of the File System API that only workers have; not in TypeScript's types of the page. */
export interface SyncHandle {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  close(): void;
}
export type WorkerFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle?(options?: { mode: "read-only" }): Promise<SyncHandle>;
};

async function writeWhole(
  folder: FileSystemDirectoryHandle,
  key: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const target: WorkerFileHandle = await folder.getFileHandle(key, { create: true });
  if (target.createSyncAccessHandle) {
    const handle = await askHandle(target, () => target.createSyncAccessHandle!());
    try {
      handle.truncate(0);
      if (handle.write(bytes, { at: 0 }) !== bytes.byteLength) throw new Error("the disk is full");
    } finally {
      handle.close();
    }
    return;
  }
  const writable = await askWritable(target);
  await writable.write(bytes);
  await writable.close();
}

/** Opens entries when they are first read and closes the one unread for longest when there are too many. */
function createHandlePool(folder: FileSystemDirectoryHandle) {
  const open = new Map<string, SyncHandle>(); // oldest use first
  const opening = new Map<string, Promise<SyncHandle | undefined>>();
  const openHandle = async (key: string): Promise<SyncHandle | undefined> => {
    const target: WorkerFileHandle = await folder.getFileHandle(key);
    // Read-only handles let other tabs read too; browsers that do not know the mode lock the file instead.
    const opened = askHandle(target, async () => target.createSyncAccessHandle?.({ mode: "read-only" }));
    const handle = await opened.catch(() => undefined);
    if (!handle) return undefined;
    open.set(key, handle);
    for (const [old, oldest] of open) {
      if (open.size <= OPEN_HANDLES) break;
      oldest.close();
      open.delete(old);
    }
    return handle;
  };
  const checkRead = (n: number, { byteLength }: Uint8Array): undefined => {
    if (n !== byteLength)
      throw new Error(`tokens: read ${n} of ${byteLength} bytes; the cache was changed meanwhile`);
  };
  const readNow = (handle: SyncHandle, at: number, into: Uint8Array) =>
    checkRead(handle.read(into, { at }), into);
  const close = (key: string) => {
    open.get(key)?.close();
    open.delete(key);
  };
  const file = (key: string, size: number): ByteFile => ({
    size,
    read(at, into) {
      const known = open.get(key);
      if (known) {
        open.delete(key); // to the young end
        open.set(key, known);
        return readNow(known, at, into);
      }
      return (async () => {
        let handle = opening.get(key);
        if (!handle) {
          handle = openHandle(key).finally(() => opening.delete(key));
          opening.set(key, handle);
        }
        const ready = await handle;
        if (ready && open.get(key) === ready) return readNow(ready, at, into);
        const whole = await fileOf(folder, key);
        const part = new Uint8Array(await whole.slice(at, at + into.byteLength).arrayBuffer());
        checkRead(part.byteLength, into);
        into.set(part);
      })();
    },
  });
  return { file, close };
}
