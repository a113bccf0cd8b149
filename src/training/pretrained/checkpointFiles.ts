// The border to wherever a checkpoint's files are: an address, a folder on disk, files kept in the browser. Sources only
// move bytes; what is in them is checked by whoever asked.
import { DataError } from "../../core/inputError.ts";
import { foreignContent } from "../../core/formats/foreignContent.ts";
import { chunksOf } from "../../core/formats/sourceFile.ts";

/** A file being read from its start. */
export interface OpenedFile {
  readonly bytes: number | undefined; // size of the whole, where the source knows it
  readonly version?: string; // a server's mark of these contents (ETag)
  readonly sha256?: string; // of the whole, where the source took it when it stored the file
  readonly hash?: () => Promise<string>; // SHA-256 of what the stream gives, where the source has all of it at hand
  readonly stream: ReadableStream<Uint8Array>; // read to its end, or cancelled, by the caller
}

export interface CheckpointFiles {
  readonly label: string; // names the folder in messages
  /** A small file whole; undefined if there is none. @throws DataError beyond `maxBytes`, or if it cannot be read */
  read(name: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** A large file as a stream; undefined if there is none. @throws DataError if it cannot be opened */
  open(name: string): Promise<OpenedFile | undefined>;
  /**
   * As `open`, for a file that will be read to its end. A source that keeps what it downloads does so here, and tells.
   * @param onBytes done, and of how many; 0 = not known
   */
  openWhole?(name: string, onBytes: (done: number, total: number) => void): Promise<OpenedFile | undefined>;
}

/** @throws DataError unless the size is one the lab reads into memory */
export function checkSize(where: string, bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new DataError(`${where} has ${bytes} bytes; a file of its kind may have ${maxBytes}`);
}

export function damagedWhereKept(where: string): DataError {
  return new DataError(
    `${where} is not what was downloaded: it was damaged where it is kept; remove that download and run again`,
  );
}

/** A small file whole. @throws DataError beyond `maxBytes`, before more than that is held */
export async function collect(
  { bytes, stream }: OpenedFile,
  where: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (bytes !== undefined && bytes > maxBytes) {
    await stream.cancel().catch(() => undefined);
    checkSize(where, bytes, maxBytes);
  }
  const parts: Uint8Array[] = [];
  let n = 0;
  for await (const part of chunksOf(stream)) {
    n += part.length;
    checkSize(where, n, maxBytes);
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer()); // never shared memory here
}

/** Files by path within their folder: what was dropped on the page, or is kept in its storage. */
export function blobFiles(label: string, blobs: ReadonlyMap<string, Blob>): CheckpointFiles {
  return {
    label,
    async read(name, maxBytes) {
      const blob = blobs.get(name);
      if (!blob) return undefined;
      checkSize(`${label}/${name}`, blob.size, maxBytes);
      return new Uint8Array(await blob.arrayBuffer());
    },
    open(name) {
      const blob = blobs.get(name);
      return Promise.resolve(blob && { bytes: blob.size, stream: blob.stream() });
    },
  };
}

/** @throws DataError naming the file if it is no JSON; undefined if it is not there */
export async function readJson(files: CheckpointFiles, name: string, maxBytes: number): Promise<unknown> {
  const text = await readText(files, name, maxBytes);
  if (text === undefined) return undefined;
  return parseJson(text, `${files.label}/${name}`);
}

export async function readText(
  files: CheckpointFiles,
  name: string,
  maxBytes: number,
): Promise<string | undefined> {
  const bytes = await files.read(name, maxBytes);
  if (!bytes) return undefined;
  const problem = foreignContent(bytes);
  if (problem !== undefined) throw new DataError(`${files.label}/${name} ${problem}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError(`${files.label}/${name} is no UTF-8 text`, { cause });
  }
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new DataError(`${where} is not JSON (${(cause as Error).message.slice(0, 80)})`, { cause });
  }
}
