// Files of the browser's private file system, asked for so that the answer comes. Knows no store's layout.

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
