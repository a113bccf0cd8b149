// Pieces of files kept in memory up to a budget, those not used lately dropped first. Knows nothing of their content.

/** Bytes that can be read anywhere; a store decides how. */
export interface ByteFile {
  readonly size: number;
  /** Fills `into` from `at` on; a promise only where the bytes are not at hand at once. @throws Error when the file is gone */
  read(at: number, into: Uint8Array): Promise<void> | undefined;
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
const SLOTS_PER_SLAB = 256;

const UNUSED = 0; // since the hand last came by
const USED = 1;
const FILLING = 2; // its bytes are under way: not to be dropped

/**
 * Blocks lie in slots of a few large buffers that are made when first needed and kept: a set beyond the budget reads as
 * many blocks as rows, and a buffer for each would keep the garbage collector busy. Second chance decides which slot is
 * taken over (Corbato 1968): near to least recently used, at the same cost for any number of slots.
 *
 * @param budget bytes
 */
export function createBlockCache(budget: number): BlockCache {
  const nSlots = Math.floor(budget / BLOCK);
  const slabs: Uint8Array[] = [];
  const slotOf = new Map<number, number>(); // key -> slot, only of blocks whose bytes are there
  const keys = new Float64Array(nSlots);
  const use = new Uint8Array(nSlots);
  const fileIds = new WeakMap<ByteFile, number>();
  let files = 0;
  let taken = 0; // slots that were ever filled: the first ones
  let hand = 0;
  let blocksRead = 0;
  const keyOf = (file: ByteFile, block: number) => {
    let id = fileIds.get(file);
    if (id === undefined) fileIds.set(file, (id = files++));
    return id * BLOCKS_PER_FILE + block;
  };
  const bytesOf = (slot: number, size = BLOCK) => {
    const at = (slot % SLOTS_PER_SLAB) * BLOCK;
    return slabs[Math.floor(slot / SLOTS_PER_SLAB)]!.subarray(at, at + size);
  };
  const freshSlot = () => {
    if (taken % SLOTS_PER_SLAB === 0) {
      slabs.push(new Uint8Array(BLOCK * Math.min(SLOTS_PER_SLAB, nSlots - taken)));
    }
    return taken++;
  };
  /** A slot to fill, -1 where all are being filled or there are none. */
  const takeSlot = () => {
    if (taken < nSlots) return freshSlot();
    for (let turns = 2 * nSlots; turns > 0; turns--) {
      const slot = hand;
      hand = (hand + 1) % nSlots;
      if (use[slot] === UNUSED) {
        if (slotOf.get(keys[slot]!) === slot) slotOf.delete(keys[slot]!);
        return slot;
      }
      if (use[slot] === USED) use[slot] = UNUSED;
    }
    return -1;
  };
  const settle = (key: number, slot: number) => {
    if (slot < 0) return;
    keys[slot] = key;
    use[slot] = UNUSED;
    slotOf.set(key, slot);
  };
  return {
    async read(ranges) {
      const starts = new Float64Array(ranges.length + 1);
      ranges.forEach(({ length }, i) => (starts[i + 1] = starts[i]! + length));
      const result = new Uint8Array(starts[ranges.length]!); // copies: a slot may be taken over at any await
      const copyPart = (i: number, block: number, bytes: Uint8Array) => {
        const { at, length } = ranges[i]!;
        const from = Math.max(0, at - block * BLOCK);
        const to = Math.min(bytes.byteLength, at + length - block * BLOCK);
        result.set(bytes.subarray(from, to), starts[i]! + block * BLOCK + from - at);
      };
      const underWay = new Map<number, number[]>(); // key -> ranges that wait for it
      const waiting: Promise<void>[] = [];
      for (const [i, { file, at, length }] of ranges.entries()) {
        for (let block = Math.floor(at / BLOCK); block * BLOCK < at + length; block++) {
          const key = keyOf(file, block);
          const held = slotOf.get(key);
          if (held !== undefined) {
            use[held] = USED;
            copyPart(i, block, bytesOf(held));
            continue;
          }
          const others = underWay.get(key);
          if (others) {
            others.push(i);
            continue;
          }
          blocksRead++;
          const size = Math.min(BLOCK, file.size - block * BLOCK);
          const slot = takeSlot();
          const bytes = slot < 0 ? new Uint8Array(size) : bytesOf(slot, size);
          const filled = file.read(block * BLOCK, bytes);
          if (!filled) {
            settle(key, slot);
            copyPart(i, block, bytes);
            continue;
          }
          const asking = [i];
          underWay.set(key, asking);
          if (slot >= 0) use[slot] = FILLING;
          const done = filled.then(
            () => {
              settle(key, slot);
              for (const range of asking) copyPart(range, block, bytes);
            },
            (error: unknown) => {
              if (slot >= 0) use[slot] = UNUSED;
              throw error;
            },
          );
          done.catch(() => undefined); // awaited below; not where a later file fails at once
          waiting.push(done);
        }
      }
      if (waiting.length > 0) await Promise.all(waiting);
      return ranges.map((_, i) => result.subarray(starts[i], starts[i + 1]));
    },
    seed(file, bytes) {
      for (let at = 0; at < bytes.byteLength && taken < nSlots; at += BLOCK) {
        const key = keyOf(file, at / BLOCK);
        if (slotOf.has(key)) continue;
        const slot = freshSlot();
        bytesOf(slot).set(bytes.subarray(at, at + BLOCK));
        settle(key, slot);
      }
    },
    get heldBytes() {
      return taken * BLOCK;
    },
    get blocksRead() {
      return blocksRead;
    },
  };
}
