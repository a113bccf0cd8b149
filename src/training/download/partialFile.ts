// Where a download is kept until it is whole: the border that disk, private storage and memory implement. Fetches nothing.
import type { SourceFile } from "../../core/formats/sourceFile.ts";

/** What a later request must match for the bytes already here to be of use. */
export interface Validator {
  readonly url: string;
  readonly etag: string | null; // strong ones only
  readonly lastModified: string | null;
}

/** One file on its way. What was appended survives the end of the process or the tab. */
export interface PartialFile {
  readonly name: string;
  /** Bytes there now, and what they are of; null where that is not known, and at the start. */
  state(): Promise<{ readonly bytes: number; readonly validator: Validator | null }>;
  /** Empties it and notes what the next bytes are of. */
  restart(validator: Validator): Promise<void>;
  append(chunk: Uint8Array): Promise<void>;
  /** All bytes so far, for hashing after a restart of the process. */
  read(): ReadableStream<Uint8Array>;
  /** The whole file, under its final name. */
  finish(): Promise<SourceFile>;
  discard(): Promise<void>;
}

/** Bytes that are at hand, as the whole file. */
export async function storeWhole(part: PartialFile, bytes: Uint8Array): Promise<void> {
  await part.restart({ url: "", etag: null, lastModified: null });
  await part.append(bytes);
  await part.finish();
}

/** The facts kept beside a part; null where they were cut while written: its bytes are then of unknown origin. */
export function parseValidator(text: string): Validator | null {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Validator, unknown>>;
    const textOrNull = (field: unknown) => (typeof field === "string" ? field : null);
    const url = textOrNull(value.url);
    if (url === null) return null;
    return { url, etag: textOrNull(value.etag), lastModified: textOrNull(value.lastModified) };
  } catch {
    return null;
  }
}
