// The shelf of downloads in the browser's private file system. Works in workers; each sees what the other keeps.
import type { KeptDownload } from "../../core/encoders/encoderInfo.ts";
import { blobFile } from "../../core/formats/sourceFile.ts";
import { createOpfsPart, OPFS_PART } from "../download/opfsPart.ts";
import { askFile, askWritable, privateRoot } from "../data/opfsFiles.ts";
import {
  folderName,
  SHELF_BYTES,
  VECTOR_BYTES,
  type DownloadShelf,
  type ShelfFolder,
} from "./downloadShelf.ts";

const FACTS = ".facts.json";

/** A folder, how much it holds at most, and how much of what the browser allows this page: datasets and runs want room too. */
interface Place {
  readonly folder: string;
  readonly bytes: number;
  readonly share: number;
}
const DOWNLOADS: Place = { folder: "hub", bytes: SHELF_BYTES, share: 0.6 };
export const OPFS_VECTORS: Place = { folder: "vectors", bytes: VECTOR_BYTES, share: 0.1 };

/** @returns undefined where there is no private storage: nothing is kept then */
export async function openOpfsShelf(
  { folder, bytes, share } = DOWNLOADS,
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
): Promise<DownloadShelf | undefined> {
  try {
    const root = await (await getRoot()).getDirectoryHandle(folder, { create: true });
    const { quota = bytes } = await navigator.storage.estimate();
    return opfsShelf(root, Math.min(bytes, share * quota));
  } catch {
    return undefined;
  }
}

export function opfsShelf(root: FileSystemDirectoryHandle, limitBytes: number): DownloadShelf {
  return {
    limitBytes,
    async folder(id) {
      const name = folderName(id);
      return name === undefined
        ? undefined
        : shelfFolder(await root.getDirectoryHandle(name, { create: true }));
    },
    async list() {
      const kept: KeptDownload[] = [];
      for await (const [name, handle] of root.entries()) {
        if (handle.kind === "file") continue;
        let [bytes, usedMs] = [0, 0];
        for await (const [, file] of handle.entries()) {
          if (file.kind !== "file") continue;
          const found = await askFile(file).catch(() => undefined); // another tab may have removed it
          bytes += found?.size ?? 0;
          usedMs = Math.max(usedMs, found?.lastModified ?? 0);
        }
        if (bytes > 0) kept.push({ id: decodeURIComponent(name), bytes, usedMs });
      }
      return kept.sort((a, b) => b.usedMs - a.usedMs);
    },
    async remove(id) {
      await root.removeEntry(folderName(id) ?? "", { recursive: true }).catch(() => undefined); // there is none
    },
  };
}

function shelfFolder(folder: FileSystemDirectoryHandle): ShelfFolder {
  const read = (name: string) => folder.getFileHandle(name).then(askFile, () => undefined); // there is none
  return {
    part: (name) => createOpfsPart(folder, encodeURIComponent(name)),
    async whole(name) {
      const file = await read(encodeURIComponent(name) + OPFS_PART);
      return file && blobFile(name, file);
    },
    readFacts: async (name) => (await read(encodeURIComponent(name) + FACTS))?.text(),
    async writeFacts(name, text) {
      const handle = await folder.getFileHandle(encodeURIComponent(name) + FACTS, { create: true });
      const writable = await askWritable(handle);
      await writable.write(text);
      await writable.close();
    },
  };
}
