// How much a reader takes before it refuses: stated once, named in every error. Decides nothing else.

/** One line of a line-wise format, in bytes. The longest real passage (a whole article) is well below 1 MiB. */
export const MAX_LINE_BYTES = 16 * 2 ** 20;

/** A file that can only be read whole (JSON, CSV, XML), in bytes. */
export const MAX_WHOLE_BYTES = 256 * 2 ** 20;

/** What a packed file may expand to: 64 MiB in any case, and beyond that this many times its size. Text packs 3 to 10
 * times; a gzip bomb 1,000 times. */
export const MAX_EXPANSION = 100;
export const FREE_EXPANSION_BYTES = 64 * 2 ** 20;

/** Files in one archive, and bytes of a tar's files together, which are held in memory. */
export const MAX_ARCHIVE_FILES = 10_000;
export const MAX_TAR_BYTES = 512 * 2 ** 20;

/** What a conversion may hold of texts and judgements, as it cannot write them before it has read all. */
export const MAX_HELD_BYTES = 1024 * 2 ** 20;

/** @param packed bytes of the packed file */
export function expansionLimit(packed: number): number {
  return Math.max(FREE_EXPANSION_BYTES, packed * MAX_EXPANSION);
}

/** 16 * 2 ** 20 -> "16 MiB" */
export function inMiB(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
