// Zip, tar and gzip files to the files inside, which are read only when asked for. Writes nothing to a disk, so the
// paths inside an archive are labels and can escape nowhere.
import { Reader, ZipReader, type FileEntry } from "@zip.js/zip.js/lib/zip-core-native.js";
import { unpackTar } from "modern-tar";
import { DataError } from "../inputError.ts";
import { damaged, guarded, gunzip } from "./expandedStream.ts";
import { inMiB, MAX_ARCHIVE_FILES, MAX_TAR_BYTES, MAX_WHOLE_BYTES } from "./limits.ts";
import { concatenate } from "./readText.ts";
import { chunksOf, memoryFile, type SourceFile } from "./sourceFile.ts";
import { asUnreadable } from "./unreadable.ts";

const MAX_DEPTH = 3; // an archive in an archive in an archive

/**
 * The files, with archives replaced by what is in them: "a.zip" by "a.zip/x.json"; "x.jsonl.gz" by "x.jsonl". Folders,
 * hidden files and the Mac's "__MACOSX" are left out. The order is kept. What cannot be read keeps its place, with its
 * `problem`: "x.jsonl.bz2" as "x.jsonl", unless that is there as well.
 *
 * @throws DataError naming an archive that is damaged, encrypted, too large, or holds too many files
 */
export async function unpackFiles(files: readonly SourceFile[]): Promise<SourceFile[]> {
  const unpacked = await unpackAll(files, 0);
  const readable = new Set(unpacked.flatMap(({ name, problem }) => (problem === undefined ? name : [])));
  return unpacked.map((file) =>
    file.givenName !== undefined && readable.has(file.name) ? { ...file, name: file.givenName } : file,
  );
}

async function unpackAll(files: readonly SourceFile[], depth: number): Promise<SourceFile[]> {
  const unpacked: SourceFile[] = [];
  for (const file of files) {
    if (isHidden(file.name)) continue;
    const unreadable = await asUnreadable(file);
    const inside = unreadable ? null : await openArchive(file);
    if (unreadable) unpacked.push(unreadable);
    else if (inside === null) unpacked.push(file);
    else if (depth >= MAX_DEPTH) throw new DataError(`${file.name}: archives nest deeper than ${MAX_DEPTH}`);
    else unpacked.push(...(await unpackAll(inside, depth + 1)));
    if (unpacked.length > MAX_ARCHIVE_FILES) {
      throw new DataError(`${file.name}: more than the ${MAX_ARCHIVE_FILES} files that are read at once`);
    }
  }
  return unpacked;
}

/** The files in an archive, or null where the name is no archive's. */
async function openArchive(file: SourceFile): Promise<SourceFile[] | null> {
  const { name } = file;
  if (/\.zip$/i.test(name)) return openZip(file);
  if (/\.(tar\.gz|tgz)$/i.test(name))
    return openTar(
      file,
      gunzip(() => file.stream(), name, file.size),
    );
  if (/\.tar$/i.test(name)) return openTar(file, file.stream());
  if (/\.gz$/i.test(name)) return [openGzip(file)];
  return null;
}

function openGzip(file: SourceFile): SourceFile {
  return {
    name: file.name.replace(/\.gz$/i, ""),
    size: file.size,
    // Only formats read from their end ask for pieces, and nobody packs those again.
    bytes: () => Promise.reject(new DataError(`${file.name}: must be unpacked first; it is read in pieces`)),
    stream: () => gunzip(() => file.stream(), file.name, file.size),
  };
}

async function openTar(file: SourceFile, content: ReadableStream<Uint8Array>): Promise<SourceFile[]> {
  let size = 0;
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunksOf(content)) {
    size += chunk.byteLength;
    if (size > MAX_TAR_BYTES) {
      throw new DataError(
        `${file.name}: holds more than ${inMiB(MAX_TAR_BYTES)}; unpack it and give the files`,
      );
    }
    pieces.push(chunk.slice());
  }
  try {
    const entries = await unpackTar(concatenate(pieces), { strict: true });
    return entries
      .filter(({ header, data }) => data !== undefined && isWanted(header.name))
      .map(({ header, data }) => memoryFile(`${file.name}/${header.name.replace(/^\.\//, "")}`, data!));
  } catch (error) {
    throw damaged(file.name, "a whole tar file", error);
  }
}

/** Reads an archive in pieces: the directory at its end, then only the files that are asked for. */
class PieceReader extends Reader<SourceFile> {
  readonly #file: SourceFile;
  constructor(file: SourceFile) {
    super(file);
    this.#file = file;
    this.size = file.size;
  }
  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#file.bytes(index, Math.min(index + length, this.#file.size));
  }
}

/**
 * The files of a zip, by the zip's name and the path inside: "a.zip/x.json".
 * @param takes which paths inside; left out: all but hidden ones
 * @throws DataError where it is damaged, encrypted or holds too many
 */
export async function openZip(file: SourceFile, takes = isWanted): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const options = { useWebWorkers: false, checkSignature: true, checkOverlappingEntry: true };
  const zip = new ZipReader(new PieceReader(file), options);
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory || !takes(entry.filename)) continue;
      if (entry.encrypted)
        throw new DataError(`${file.name}: ${entry.filename} is encrypted; unpack it first`);
      files.push(openEntry(`${file.name}/${entry.filename}`, entry));
      if (files.length > MAX_ARCHIVE_FILES) {
        throw new DataError(`${file.name}: holds more than ${MAX_ARCHIVE_FILES} files`);
      }
    }
  } catch (error) {
    const path = (error as { filename?: unknown } | null)?.filename; // the library's, of a path that leads out
    if (typeof path === "string")
      throw new DataError(
        `${file.name}: ${JSON.stringify(path.slice(0, 80))} leads out of the archive; nothing of it is read`,
        { cause: error },
      );
    throw damaged(file.name, "a whole zip file", error);
  }
  return files;
}

function openEntry(name: string, entry: FileEntry): SourceFile {
  const stream = () => {
    let controller: TransformStreamDefaultController<Uint8Array> | undefined;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      start: (own) => void (controller = own),
    });
    // Through the controller: getData() may fail with the writable still locked, and then abort() would do nothing
    // and the reader would wait for ever.
    entry.getData(writable).catch((error: unknown) => controller?.error(error));
    return guarded(chunksOf(readable), name, entry.compressedSize, "a whole file of its zip archive");
  };
  let whole: Promise<Uint8Array> | undefined; // for formats read from their end
  const readWhole = async () => {
    if (entry.uncompressedSize > MAX_WHOLE_BYTES) {
      throw new DataError(`${name}: is larger than ${inMiB(MAX_WHOLE_BYTES)}; unpack the archive first`);
    }
    const pieces: Uint8Array[] = [];
    for await (const chunk of chunksOf(stream())) pieces.push(chunk.slice());
    return concatenate(pieces);
  };
  return {
    name,
    size: entry.uncompressedSize,
    bytes: async (start, end) => (await (whole ??= readWhole())).slice(start, end),
    stream,
  };
}

/** Below what was given; its own name may begin with a dot. */
function isHidden(path: string): boolean {
  const slash = path.indexOf("/");
  return slash >= 0 && !isWanted(path.slice(slash + 1));
}

function isWanted(path: string): boolean {
  return !/(^|\/)(\.[^/]*|__MACOSX)(\/|$)/.test(path.replace(/^\.\//, "")) && !path.endsWith("/");
}
