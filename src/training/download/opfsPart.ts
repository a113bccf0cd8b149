// Downloads in the browser's private file system, for the data worker. The same layout as on disk; fetches nothing.
import { blobFile } from "../../core/formats/sourceFile.ts";
import type { PartialFile, Validator } from "./partialFile.ts";

/** Follows the name of a file on its way; one that is whole keeps it, since there is no renaming here. */
export const OPFS_PART = ".part";

/** Writes in place, where a worker may; else the browser copies the whole file for each write. */
interface SyncHandle {
  truncate(size: number): void;
  write(data: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
type InPlace = { createSyncAccessHandle?(): Promise<SyncHandle> };

/** @param folder private to downloads @param name without folders */
export function createOpfsPart(folder: FileSystemDirectoryHandle, name: string): PartialFile {
  const part = name + OPFS_PART;
  const facts = `${part}.json`;
  const open = async (file: string) => (await folder.getFileHandle(file)).getFile();
  const remove = (file: string) => folder.removeEntry(file).catch(() => undefined); // was not there
  const write = async (file: string, content: string | Uint8Array, at: number) => {
    const handle: FileSystemFileHandle & InPlace = await folder.getFileHandle(file, { create: true });
    if (handle.createSyncAccessHandle) {
      const open = await handle.createSyncAccessHandle();
      try {
        if (at === 0) open.truncate(0);
        open.write(typeof content === "string" ? new TextEncoder().encode(content) : content, { at });
        open.flush();
      } finally {
        open.close();
      }
      return;
    }
    const writable = await handle.createWritable({ keepExistingData: at > 0 });
    const data = typeof content === "string" ? content : (content as Uint8Array<ArrayBuffer>); // never shared memory
    await writable.write({ type: "write", position: at, data });
    await writable.close();
  };
  // Chunks are gathered before they are written: opening a file takes a while, and copies it where it is not in place.
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const written = () =>
    open(part).then(
      (file) => file.size,
      () => 0,
    );
  const flush = async () => {
    if (heldBytes === 0) return;
    const chunks = new Uint8Array(await new Blob(held as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    [held, heldBytes] = [[], 0];
    await write(part, chunks, await written());
  };
  return {
    name,
    async state() {
      await flush();
      const validator = await open(facts).then(
        async (file) => JSON.parse(await file.text()) as Validator, // as `restart` wrote it
        () => null,
      );
      return { bytes: await written(), validator };
    },
    async restart(validator) {
      [held, heldBytes] = [[], 0];
      await write(part, "", 0);
      await write(facts, JSON.stringify(validator), 0);
    },
    async append(chunk) {
      held.push(chunk.slice());
      heldBytes += chunk.byteLength;
      if (heldBytes >= FLUSH_BYTES) await flush();
    },
    read: () =>
      streamLater(async () => {
        await flush(); // else a file below FLUSH_BYTES would read as empty
        return (await open(part)).stream();
      }),
    async finish() {
      await flush();
      await remove(facts);
      return blobFile(name, await open(part));
    },
    async discard() {
      [held, heldBytes] = [[], 0];
      await remove(part);
      await remove(facts);
    },
  };
}

/** At most this much is lost when the tab is closed. */
const FLUSH_BYTES = 8 * 2 ** 20;

function streamLater(open: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  void open().then(
    (stream) => stream.pipeTo(pipe.writable).catch(() => undefined), // reaches the reader through the pipe
    (error: unknown) => pipe.writable.abort(error),
  );
  return pipe.readable;
}
