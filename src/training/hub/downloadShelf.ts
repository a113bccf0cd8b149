// Where downloaded checkpoints stay between runs: the border that private storage and disk implement, and the rule that
// keeps it within its limit. Fetches nothing.
import type { KeptDownload } from "../../core/encoders/encoderInfo.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import type { PartialFile } from "../download/partialFile.ts";

/** The files of one checkpoint. Names may hold "/". */
export interface ShelfFolder {
  /** Where a file is gathered; what was appended outlives the process. */
  part(name: string): PartialFile;
  /** The file that the part's `finish` left, or undefined. */
  whole(name: string): Promise<SourceFile | undefined>;
  /** What is known of a file, as `writeFacts` wrote it, or undefined. */
  readFacts(name: string): Promise<string | undefined>;
  /** Also marks the checkpoint as used now. */
  writeFacts(name: string, text: string): Promise<void>;
}

export interface DownloadShelf {
  readonly limitBytes: number;
  /** @returns undefined for an id too long to name a folder: that checkpoint is not kept */
  folder(id: string): Promise<ShelfFolder | undefined>;
  list(): Promise<readonly KeptDownload[]>; // the last used first
  /** Nothing happens if there is none. */
  remove(id: string): Promise<void>;
}

/** Of all downloads together: XLM-R base, LaBSE and a small one. */
export const SHELF_BYTES = 4 * 2 ** 30;
/** Of all teachers' vectors, which have a shelf of their own: 680,000 texts at width 384. */
export const VECTOR_BYTES = 2 ** 30;

/**
 * Makes room for one checkpoint of `bytes`: those not used for longest go first.
 * @returns false if it is larger than the whole shelf; then nothing is removed
 */
export async function makeRoom(shelf: DownloadShelf, id: string, bytes: number): Promise<boolean> {
  if (bytes > shelf.limitBytes) return false;
  let taken = bytes;
  for (const other of await shelf.list()) {
    if (other.id === id) continue;
    taken += other.bytes;
    if (taken > shelf.limitBytes) await shelf.remove(other.id);
  }
  return true;
}

const MAX_NAME = 200; // bytes; file systems take 255, and parts have longer names than their files

/** The folder of an id, and back. @returns undefined if it would be too long */
export function folderName(id: string): string | undefined {
  const name = encodeURIComponent(id);
  return name.length > MAX_NAME ? undefined : name;
}
