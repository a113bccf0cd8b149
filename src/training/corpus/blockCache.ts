// Pieces of files kept in memory up to a budget, least recently used ones dropped first. Knows nothing of their content.

/** Bytes that can be read anywhere; a store decides how. */
export interface ByteFile {
  readonly size: number;
  /** A promise only where the bytes are not at hand at once. @throws Error when the file is gone */
  read(at: number, length: number): Uint8Array | Promise<Uint8Array>;
}

export interface ByteRange {
  readonly file: ByteFile;
  readonly at: number;
  readonly length: number;
}

export interface BlockCache {
  /** The bytes of each range, in the order asked; each block is read once, and only where it is not held. */
  read(ranges: readonly ByteRange[]): Promise<Uint8Array[]>;
  /** Takes over the start of a file that is at hand anyway, as long as nothing must be dropped for it. */
  seed(file: ByteFile, bytes: Uint8Array): void;
  readonly heldBytes: number;
  readonly blocksRead: number; // from files, so far
}

/** What the token lists of all running loads may hold in memory, whatever the size of the set. */
export const TOKEN_BUDGET = 64 * 2 ** 20;
const BLOCK = 4 * 2 ** 10;
const BLOCKS_PER_FILE = 2 ** 20; // 4 GiB; keys stay exact integers for 2^33 files

/** @param budget bytes; one request may hold more for as long as it lasts */
export function createBlockCache(budget: number): BlockCache {
  const blocks = new Map<number, Uint8Array>(); // by key, oldest use first
  const fileIds = new WeakMap<ByteFile, number>();
  let files = 0;
  let heldBytes = 0;
  let blocksRead = 0;
  const keyOf = (file: ByteFile, block: number) => {
    let id = fileIds.get(file);
    if (id === undefined) fileIds.set(file, (id = files++));
    return id * BLOCKS_PER_FILE + block;
  };
  const keep = (key: number, bytes: Uint8Array) => {
    if (blocks.has(key)) return;
    blocks.set(key, bytes);
    heldBytes += bytes.byteLength;
    for (const [old, { byteLength }] of blocks) {
      if (heldBytes <= budget) break;
      blocks.delete(old);
      heldBytes -= byteLength;
    }
  };
  return {
    async read(ranges) {
      const pinned = new Map<number, Uint8Array>(); // what this request needs, whatever is dropped meanwhile
      const waiting: Promise<void>[] = [];
      for (const { file, at, length } of ranges) {
        for (let block = Math.floor(at / BLOCK); block * BLOCK < at + length; block++) {
          const key = keyOf(file, block);
          if (pinned.has(key)) continue;
          const held = blocks.get(key);
          if (held) {
            blocks.delete(key); // to the young end
            blocks.set(key, held);
            pinned.set(key, held);
            continue;
          }
          blocksRead++;
          const take = (bytes: Uint8Array) => {
            pinned.set(key, bytes);
            keep(key, bytes);
          };
          const bytes = file.read(block * BLOCK, Math.min(BLOCK, file.size - block * BLOCK));
          if (bytes instanceof Uint8Array) take(bytes);
          else {
            pinned.set(key, NONE); // under way
            waiting.push(bytes.then(take));
          }
        }
      }
      if (waiting.length > 0) await Promise.all(waiting);
      return ranges.map(({ file, at, length }) => {
        const first = Math.floor(at / BLOCK);
        const start = at - first * BLOCK;
        const head = pinned.get(keyOf(file, first)) ?? NONE; // only an empty range has no block
        if (start + length <= head.byteLength) return head.subarray(start, start + length);
        const whole = new Uint8Array(length);
        for (let block = first; block * BLOCK < at + length; block++) {
          const bytes = pinned.get(keyOf(file, block))!;
          const from = Math.max(0, at - block * BLOCK);
          const part = bytes.subarray(from, Math.min(bytes.byteLength, at + length - block * BLOCK));
          whole.set(part, block * BLOCK + from - at);
        }
        return whole;
      });
    },
    seed(file, bytes) {
      for (let at = 0; at < bytes.byteLength && heldBytes + BLOCK <= budget; at += BLOCK) {
        keep(keyOf(file, at / BLOCK), bytes.slice(at, at + BLOCK));
      }
    },
    get heldBytes() {
      return heldBytes;
    },
    get blocksRead() {
      return blocksRead;
    },
  };
}

const NONE = new Uint8Array(0);
