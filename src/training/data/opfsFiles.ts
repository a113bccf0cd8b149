// Files of the browser's private file system, asked for so that the answer comes. Knows no store's layout.

import { sleep } from "./waiting.ts";

/** A browser whose private storage says nothing for this long has none. */
const SILENT_SECONDS = 10;

/** @throws Error where the browser has no private storage, refuses it or does not answer */
export async function privateRoot(
  ask: () => Promise<FileSystemDirectoryHandle> = () => navigator.storage.getDirectory(),
  seconds = SILENT_SECONDS,
): Promise<FileSystemDirectoryHandle> {
  const over = new AbortController();
  const silence = sleep(1000 * seconds, over.signal).then(() => {
    throw new Error(`it did not answer within ${seconds} s`);
  });
  silence.catch(() => undefined);
  return Promise.race([ask(), silence]).finally(() => over.abort());
}

const asked = new Set<FileSystemFileHandle>();

/** Chromium forgets what a handle was asked for when the handle is collected before the answer: it is held until then. */
export async function askHandle<T>(handle: FileSystemFileHandle, question: () => Promise<T>): Promise<T> {
  asked.add(handle);
  try {
    return await question();
  } finally {
    asked.delete(handle);
  }
}

export const askFile = (handle: FileSystemFileHandle): Promise<File> =>
  askHandle(handle, () => handle.getFile());

export const askWritable = (handle: FileSystemFileHandle): Promise<FileSystemWritableFileStream> =>
  askHandle(handle, () => handle.createWritable());

/** @throws DOMException NotFoundError if the folder has no such file */
export async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File> {
  return askFile(await folder.getFileHandle(name));
}

/** The file of that path, its folders separated by "/". */
export async function fileAt(
  root: FileSystemDirectoryHandle,
  path: string,
  create = false,
): Promise<FileSystemFileHandle> {
  const folders = path.split("/");
  const name = folders.pop()!; // split gives at least one part
  let folder = root;
  for (const part of folders) folder = await folder.getDirectoryHandle(part, { create });
  return folder.getFileHandle(name, { create });
}

/** The whole file at once: until this ends, the old content is read. */
export function writeFile(root: FileSystemDirectoryHandle, path: string, bytes: Uint8Array): Promise<void> {
  return writeParts(root, path, [bytes]);
}

/** The same of parts, which may be made one by one. */
export async function writeParts(
  root: FileSystemDirectoryHandle,
  path: string,
  parts: Iterable<Uint8Array>,
): Promise<void> {
  const writable = await askWritable(await fileAt(root, path, true));
  for (const bytes of parts) await writable.write(bytes as Uint8Array<ArrayBuffer>); // never shared memory here
  await writable.close(); // the file changes here
}

/** With all that is in it; nothing happens if it is not there. */
export async function removeFolder(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  await parent.removeEntry(name, { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
  });
}
