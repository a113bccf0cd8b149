// Rows come back as they were packed, one at a time, from any shard.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import { createBlockCache } from "./blockCache.ts";
import { openPack, packShard } from "./packedShard.ts";
import { createRowReader } from "./rowReader.ts";
import { memoryFile } from "./tokenStore.ts";

interface Row {
  readonly id: string;
  readonly concepts: readonly string[];
  readonly grades?: readonly number[];
  readonly cluster?: string;
  readonly tokens: readonly number[];
}

function pack(rows: readonly Row[], cutRows = 0) {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach(({ tokens }, i) => (offsets[i + 1] = offsets[i]! + tokens.length));
  const tokens = Int32Array.from(rows.flatMap((row) => row.tokens));
  return packShard({ names: rows, rows: { offsets, tokens }, cutRows });
}

const row = (maxToken: number) =>
  fc.record(
    {
      id: fc.string({ unit: "grapheme", minLength: 1 }),
      concepts: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 3 }),
      grades: fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 3 }),
      cluster: fc.string({ unit: "grapheme", minLength: 1 }),
      tokens: fc.array(fc.nat(maxToken), { maxLength: 30 }),
    },
    { requiredKeys: ["id", "concepts", "tokens"] },
  );

describe("packed shards", () => {
  it("give back every row of every shard, in any order, with pieces of two bytes or four", async () => {
    // 250,001 pieces is XLM-R's vocabulary: beyond two bytes.
    const shards = fc.array(fc.oneof(fc.array(row(60_000)), fc.array(row(250_001))), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shards, fc.infiniteStream(fc.nat()), async (lists, draws) => {
        const reader = createRowReader(createBlockCache(16 * 1024));
        lists.forEach((rows, shard) => {
          const bytes = pack(rows, 3);
          const { layout, pieces, names, tokenIndex } = openPack(bytes, rows.length)!;
          const used = new Set(rows.flatMap(({ tokens }) => tokens));
          expect([...pieces]).toEqual([...used].sort((a, b) => a - b));
          expect(names).toEqual(rows.map(({ tokens: _, ...name }) => name));
          expect(layout.cutRows).toBe(3);
          reader.add("passages", { shard, layout, tokenIndex, file: memoryFile(bytes) });
        });
        const all = lists.flatMap((rows, shard) => rows.map((own, line) => ({ own, shard, line })));
        if (all.length === 0) return;
        const asked = Int32Array.from({ length: 20 }, () => draws.next().value! % all.length);
        const { offsets, tokens } = await reader.tokens("passages", asked);
        const names = await reader.names("passages", asked);
        asked.forEach((number, i) => {
          const { own, shard, line } = all[number]!;
          expect([...tokens.subarray(offsets[i], offsets[i + 1])]).toEqual(own.tokens);
          expect(names[i]).toEqual({ id: own.id, concepts: own.concepts });
          expect(reader.locate("passages", number)).toEqual({ shard, line });
        });
      }),
      { numRuns: 100 },
    );
  });

  it("open as a Buffer too, which may be a view at an odd place", () => {
    const bytes = pack([{ id: "a", concepts: ["c"], tokens: [1, 2] }]);
    const pool = Buffer.concat([Buffer.from("odd"), bytes]);
    expect(openPack(pool.subarray(3), 1)).toEqual(openPack(bytes, 1));
  });

  it("are refused when any byte is changed, or when they are cut, or have another number of rows", () => {
    const bytes = pack([
      { id: "a", concepts: ["c"], tokens: [1, 2] },
      { id: "b", concepts: [], tokens: [70_000] },
    ]);
    expect(openPack(bytes, 2)).toBeDefined();
    expect(openPack(bytes, 3)).toBeUndefined();
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i]! ^= 0x10;
      expect(openPack(changed, 2), `byte ${i}`).toBeUndefined();
      expect(openPack(bytes.subarray(0, i), 2), `cut at ${i}`).toBeUndefined();
    }
  });

  it("have no rows beyond their last", async () => {
    const reader = createRowReader(createBlockCache(0));
    await expect(reader.tokens("queries", Int32Array.of(0))).rejects.toThrow(
      "queries has 0 rows, there is no row 0",
    );
  });
});
