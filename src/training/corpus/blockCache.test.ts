// Any range of any file must come back right, in whatever memory, and memory must stay within its budget.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { createBlockCache, type ByteFile } from "./blockCache.ts";

/** Byte i is i mod 251, so that neighbouring blocks differ. */
const content = (size: number) => Uint8Array.from({ length: size }, (_, i) => i % 251);

const CONTENT = content(150 * 1024);

function counted(size: number, slow: boolean): ByteFile & { reads: number } {
  const bytes = CONTENT.subarray(0, size);
  const file = {
    size,
    reads: 0,
    read(at: number, into: Uint8Array) {
      file.reads++;
      const fill = () => into.set(bytes.subarray(at, at + into.byteLength));
      return slow ? Promise.resolve().then(fill) : void fill();
    },
  };
  return file;
}

const KIB = 1024;

describe("createBlockCache", () => {
  it("gives the bytes of any ranges of fast and slow files, whatever the budget", async () => {
    const range = fc.record({
      which: fc.nat(1),
      at: fc.nat(100 * KIB),
      length: fc.oneof(fc.nat(40), fc.nat(50 * KIB)),
    });
    const budget = fc.constantFrom(0, 16 * KIB, 40 * KIB, 1000 * KIB);
    await fc.assert(
      fc.asyncProperty(
        budget,
        fc.array(fc.array(range, { maxLength: 6 }), { maxLength: 4 }),
        async (n, requests) => {
          const files = [counted(150 * KIB, false), counted(150 * KIB, true)];
          const cache = createBlockCache(n);
          for (const ranges of requests) {
            const asked = ranges.map(({ which, at, length }) => ({ file: files[which]!, at, length }));
            const found = await cache.read(asked);
            found.forEach((bytes, i) => {
              const { at, length } = asked[i]!;
              expect(Buffer.compare(bytes, CONTENT.subarray(at, at + length))).toBe(0); // toEqual takes seconds
            });
            expect(cache.heldBytes).toBeLessThanOrEqual(n);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("reads a block once while it is held, and drops the one unused for longest", async () => {
    const file = counted(16 * KIB, false); // blocks of 4 KiB: 0, 1, 2, 3
    const cache = createBlockCache(8 * KIB); // holds two
    const touch = (block: number) => cache.read([{ file, at: block * 4 * KIB, length: 4 }]);
    await touch(0);
    await touch(1);
    await touch(0);
    expect(file.reads).toBe(2);
    await touch(2); // drops 1
    await touch(0);
    expect(file.reads).toBe(3);
    await touch(1);
    expect(file.reads).toBe(4);
    expect(cache.blocksRead).toBe(4);
  });

  it("takes over bytes at hand up to its budget, and drops nothing for them", async () => {
    const file = counted(16 * KIB, false);
    const other = counted(4 * KIB, false);
    const cache = createBlockCache(12 * KIB);
    await cache.read([{ file: other, at: 0, length: 1 }]);
    cache.seed(file, content(16 * KIB)); // room for two of its four blocks
    await cache.read([0, 4, 8, 12].map((kib) => ({ file, at: kib * KIB, length: 1 })));
    expect([file.reads, other.reads]).toEqual([2, 1]);
  });

  it("keeps requests apart that are under way at once, in memory for one of them", async () => {
    const file = counted(100 * KIB, true);
    const cache = createBlockCache(8 * KIB);
    const asked = Array.from({ length: 40 }, (_, i) => ({ at: (i * 7919) % (90 * KIB), length: 5000 }));
    const found = await Promise.all(asked.map((range) => cache.read([{ file, ...range }])));
    found.forEach(([bytes], i) => {
      const { at, length } = asked[i]!;
      expect(Buffer.compare(bytes!, CONTENT.subarray(at, at + length))).toBe(0);
    });
  });

  it("hands on the error of a file that is gone", async () => {
    const file = { size: 10, read: () => Promise.reject(new Error("gone")) };
    await expect(createBlockCache(0).read([{ file, at: 0, length: 1 }])).rejects.toThrow("gone");
  });

  it("is whole after a file that failed, at once or later, while others were being read", async () => {
    const good = counted(16 * KIB, true);
    const atOnce: ByteFile = {
      size: 16 * KIB,
      read: () => {
        throw new Error("cut");
      },
    };
    const later: ByteFile = { size: 16 * KIB, read: () => Promise.reject(new Error("gone")) };
    const cache = createBlockCache(16 * KIB);
    const part = (file: ByteFile, block: number) => ({ file, at: block * 4 * KIB, length: 4 * KIB });
    await expect(cache.read([part(good, 0), part(later, 0), part(atOnce, 0)])).rejects.toThrow(/cut|gone/);
    await expect(cache.read([part(later, 1), part(good, 1)])).rejects.toThrow("gone");
    await new Promise((resolve) => setTimeout(resolve)); // a promise that nobody took would fail the test run
    const blocks = [0, 1, 2, 3];
    for (let turn = 0; turn < 3; turn++) {
      const found = await cache.read(blocks.map((block) => part(good, block)));
      for (const [i, bytes] of found.entries()) {
        expect(Buffer.compare(bytes, CONTENT.subarray(i * 4 * KIB, (i + 1) * 4 * KIB))).toBe(0);
      }
    }
    const reads = good.reads;
    await cache.read(blocks.map((block) => part(good, block)));
    expect(good.reads).toBe(reads); // no slot was lost: the budget still holds four blocks
  });
});
