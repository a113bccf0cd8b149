// The official files of a catalogue entry, downloaded one after the other into private storage. Converts nothing.
import type { CatalogFile } from "../../core/data/catalog.ts";
import { asDataError } from "../../core/inputError.ts";
import { memoryFile, type SourceFile } from "../../core/formats/sourceFile.ts";
import { downloadFile, type DownloadOptions } from "./downloadFile.ts";
import type { PartialFile } from "./partialFile.ts";

export interface FetchOptions extends Pick<DownloadOptions, "fetch" | "backOffMs" | "onTrouble"> {
  /** Where a file is kept until it is whole; the same name gives the same place after a kill. */
  part(name: string): Promise<PartialFile>;
  readonly signal: AbortSignal;
  /** Bytes here, of how many; 0 = not known. */
  readonly onProgress: (bytes: number, total: number) => void;
  /** Told of each file for which the catalogue states no hash, with the one found. */
  readonly onUnchecked?: (name: string, sha256: string) => void;
}

/** @throws DataError naming the address; what is there is kept, so that a later call goes on from it */
export async function fetchFiles(
  files: readonly CatalogFile[],
  { part, signal, onProgress, onUnchecked, ...rest }: FetchOptions,
): Promise<SourceFile[]> {
  const total = files.every(({ bytes }) => bytes !== undefined)
    ? files.reduce((sum, { bytes }) => sum + bytes!, 0)
    : 0;
  const fetched: SourceFile[] = [];
  let before = 0;
  try {
    for (const { name, url, bytes, sha256 } of files) {
      const known = bytes === undefined || sha256 === undefined ? { url } : { url, bytes, sha256 };
      const done = await downloadFile(known, await part(name), {
        ...rest,
        mayAsk: false, // a page may not send If-Range across sites
        signal,
        onProgress: (here) => onProgress(before + here, total),
      });
      before += done.bytes;
      onProgress(before, total);
      if (sha256 === undefined) onUnchecked?.(name, done.sha256);
      fetched.push({ ...done.file, name });
    }
  } catch (error) {
    throw asDataError(error);
  }
  return fetched;
}

/** For browsers without private storage, and tests: gone with the page. */
export function createMemoryPart(name: string): PartialFile {
  let chunks: Uint8Array[] = [];
  let of: Awaited<ReturnType<PartialFile["state"]>>["validator"] = null;
  const blob = () => new Blob(chunks as Uint8Array<ArrayBuffer>[]); // never shared memory here
  return {
    name,
    state: () => Promise.resolve({ bytes: blob().size, validator: of }),
    restart(validator) {
      chunks = [];
      of = validator;
      return Promise.resolve();
    },
    append: (chunk) => Promise.resolve(void chunks.push(chunk.slice())),
    read: () => blob().stream(),
    finish: async () => memoryFile(name, new Uint8Array(await blob().arrayBuffer())),
    discard() {
      chunks = [];
      of = null;
      return Promise.resolve();
    },
  };
}
