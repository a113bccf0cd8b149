// Where downloads are kept until their dataset is made, and which were left unfinished. Fetches nothing.
import type { UnfinishedDownload } from "../../core/data/unfinishedDownload.ts";
import { createMemoryPart } from "./fetchFiles.ts";
import { createOpfsPart, OPFS_PART, writeInPlace } from "./opfsPart.ts";
import type { PartialFile } from "./partialFile.ts";
import { fileOf, removeFolder, privateRoot } from "../data/opfsFiles.ts";

export interface DownloadStore {
  /** Notes what is asked for, so that it can go on after the page was closed. */
  begin(id: string, languages: readonly string[] | undefined): Promise<void>;
  /** The place of one file of a dataset; what an earlier download left there is still there. */
  part(id: string, name: string): Promise<PartialFile>;
  list(): Promise<readonly UnfinishedDownload[]>; // by id
  /** Removes everything downloaded for a dataset. */
  discard(id: string): Promise<void>;
}

const FOLDER = "downloads";
const REQUEST = "request.json"; // no part's name: those end in ".part" or ".part.json"

/** In the browser's private file system, which only workers can write in place; else in memory. */
export async function openDownloadStore(
  getRoot: () => Promise<FileSystemDirectoryHandle> = privateRoot,
  canWriteInPlace = typeof FileSystemFileHandle !== "undefined" &&
    "createSyncAccessHandle" in FileSystemFileHandle.prototype,
): Promise<DownloadStore> {
  if (!canWriteInPlace) return createMemoryDownloads();
  try {
    return createOpfsDownloads(await (await getRoot()).getDirectoryHandle(FOLDER, { create: true }));
  } catch {
    return createMemoryDownloads(); // the dataset store says why (see openShardStore)
  }
}

function createOpfsDownloads(root: FileSystemDirectoryHandle): DownloadStore {
  const folderOf = (id: string) => root.getDirectoryHandle(id, { create: true });
  return {
    async begin(id, languages) {
      const request = new TextEncoder().encode(JSON.stringify({ languages }));
      await writeInPlace(await folderOf(id), REQUEST, request, "anew");
    },
    part: async (id, name) => createOpfsPart(await folderOf(id), encodeURIComponent(name)),
    async list() {
      const found: UnfinishedDownload[] = [];
      for await (const id of root.keys()) {
        const folder = await folderOf(id);
        let bytes = 0;
        let languages: readonly string[] | undefined;
        for await (const name of folder.keys()) {
          if (!name.endsWith(OPFS_PART) && name !== REQUEST) continue;
          const file = await fileOf(folder, name).catch(() => undefined); // another tab may have discarded it
          if (name === REQUEST) languages = parseRequest((await file?.text()) ?? "");
          else bytes += file?.size ?? 0;
        }
        if (bytes > 0) found.push({ id, bytes, ...(languages && { languages }) });
      }
      return found.sort(byId);
    },
    discard: (id) => removeFolder(root, id),
  };
}

const byId = (a: UnfinishedDownload, b: UnfinishedDownload) => (a.id < b.id ? -1 : 1); // ids differ

/** The languages of a noted request; undefined where there are none, or where writing it was cut. */
function parseRequest(text: string): readonly string[] | undefined {
  try {
    const { languages } = JSON.parse(text) as { languages?: unknown };
    const isList = Array.isArray(languages) && languages.every((lang) => typeof lang === "string");
    return isList ? languages : undefined;
  } catch {
    return undefined;
  }
}

/** Gone with the page. */
export function createMemoryDownloads(): DownloadStore {
  const kept = new Map<string, { languages?: readonly string[]; parts: Map<string, PartialFile> }>();
  const of = (id: string) => {
    const known = kept.get(id) ?? { parts: new Map<string, PartialFile>() };
    kept.set(id, known);
    return known;
  };
  return {
    begin: (id, languages) =>
      Promise.resolve(void kept.set(id, { parts: of(id).parts, ...(languages && { languages }) })),
    part(id, name) {
      const { parts } = of(id);
      const part = parts.get(name) ?? createMemoryPart(name);
      parts.set(name, part);
      return Promise.resolve(part);
    },
    async list() {
      const found: UnfinishedDownload[] = [];
      for (const [id, { parts, ...rest }] of kept) {
        let bytes = 0;
        for (const part of parts.values()) bytes += (await part.state()).bytes;
        if (bytes > 0) found.push({ id, bytes, ...rest });
      }
      return found.sort(byId);
    },
    discard: (id) => Promise.resolve(void kept.delete(id)),
  };
}
