// One original file as every converter sees it, wherever it lives: dropped on the page, in a folder, downloaded, or
// inside an archive. Never fetches; parses nothing.

/** A file that is there in full. Readers take it in pieces: nothing here asks for the whole of a large file. */
export interface SourceFile {
  /** Path inside what was given, "/" between folders: "qrels/test.tsv". An archive counts as a folder. */
  readonly name: string;
  readonly size: number; // bytes as they lie there, packed where they are packed
  /** Why the content cannot be read, in a sentence with the file's own name; asking for it throws that. */
  readonly problem?: string;
  readonly givenName?: string; // its own name, where `name` is that of what it holds
  /** Bytes [start, end); for formats that are read from their end, such as zip and parquet. */
  bytes(start: number, end: number): Promise<Uint8Array>;
  /** All bytes from the start; the caller reads to the end or cancels. */
  stream(): ReadableStream<Uint8Array>;
}

/** A file of the page (dropped or in private storage), which is a Blob. @param name its path in the dropped folder */
export function blobFile(name: string, blob: Blob): SourceFile {
  return {
    name,
    size: blob.size,
    bytes: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    stream: () => blob.stream(),
  };
}

/** A file held in memory; text is written as UTF-8. */
export function memoryFile(name: string, content: string | Uint8Array): SourceFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return blobFile(name, new Blob([bytes as Uint8Array<ArrayBuffer>])); // never shared memory here
}

/** The same file, of which `each` hears how many bytes are handed over next, and may hold them back. */
export function tapped(file: SourceFile, each: (bytes: number) => Promise<void> | void): SourceFile {
  return {
    ...file,
    async bytes(start, end) {
      await each(end - start);
      return file.bytes(start, end);
    },
    stream: () =>
      file.stream().pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          async transform(chunk, pieces) {
            await each(chunk.byteLength);
            pieces.enqueue(chunk);
          },
        }),
      ),
  };
}

/** "a/b/de.json" -> "de.json" */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The bytes of a stream as they come; leaving the loop early cancels it. Safari's streams are not iterable. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    isDone = true;
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined); // the error that ended the loop is the one to tell
  }
}
