// Downloads in the browser's private file system, for the data worker. The same layout as on disk; fetches nothing.
import { blobFile } from "../../core/formats/sourceFile.ts";
import type { WorkerFileHandle } from "../corpus/opfsTokens.ts";
import { DownloadFailure } from "./httpAnswer.ts";
import { parseValidator, type PartialFile } from "./partialFile.ts";
import { askHandle, fileOf } from "../data/opfsFiles.ts";

/** Follows the name of a file on its way; one that is whole keeps it, since there is no renaming here. */
export const OPFS_PART = ".part";

/** @param folder private to downloads @param name without folders */
export function createOpfsPart(folder: FileSystemDirectoryHandle, name: string): PartialFile {
  const part = name + OPFS_PART;
  const facts = `${part}.json`;
  const open = (file: string) => fileOf(folder, file);
  const remove = (file: string) => folder.removeEntry(file).catch(() => undefined); // was not there
  return {
    name,
    async state() {
      const bytes = await open(part).then(
        ({ size }) => size,
        () => 0,
      );
      const validator = await open(facts).then(
        async (file) => parseValidator(await file.text()),
        () => null,
      );
      return { bytes, validator };
    },
    async restart(validator) {
      await writeInPlace(folder, part, new Uint8Array(), "anew");
      await writeInPlace(folder, facts, new TextEncoder().encode(JSON.stringify(validator)), "anew");
    },
    append: (chunk) => writeInPlace(folder, part, chunk, "behind"),
    read: () => streamLater(async () => (await open(part)).stream()),
    // The facts stay: a set of many files that is cut goes on behind this one.
    finish: async () => blobFile(name, await open(part)),
    async discard() {
      await remove(part);
      await remove(facts);
    },
  };
}

/**
 * Writes in place, where a writable stream would copy the file each time. The handle is closed at once: one left open by
 * a download that was ended would lock the file.
 */
export async function writeInPlace(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array,
  where: "anew" | "behind",
): Promise<void> {
  const file: WorkerFileHandle = await folder.getFileHandle(name, { create: true });
  const opened = askHandle(file, () => file.createSyncAccessHandle!());
  const handle = await opened.catch((cause: unknown) => {
    throw new DownloadFailure("is being downloaded in another tab", "never", undefined, cause);
  });
  try {
    if (where === "anew") handle.truncate(0);
    const written = handle.write(bytes, { at: handle.getSize() });
    if (written < bytes.byteLength) {
      const what = `${written} of ${bytes.byteLength} bytes were written`;
      throw new DOMException(what, "QuotaExceededError"); // as browsers do that write nothing then
    }
  } catch (cause) {
    throw new DownloadFailure("does not fit into this browser's storage", "never", undefined, cause);
  } finally {
    handle.close();
  }
}

function streamLater(open: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  void open().then(
    (stream) => stream.pipeTo(pipe.writable).catch(() => undefined), // reaches the reader through the pipe
    (error: unknown) => pipe.writable.abort(error),
  );
  return pipe.readable;
}
