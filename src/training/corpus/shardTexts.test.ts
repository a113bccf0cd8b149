// What is read again and what is not, within a budget; and that a failed reading leaves nothing behind.
import { describe, expect, it } from "vitest";
import { createShardTexts, type HeldShard } from "./shardTexts.ts";

const shardOf = (byteLength: number, ...texts: string[]): HeldShard => ({
  byteLength,
  row: (line) => ({ id: `${line}`, text: texts[line]!, concepts: [] }),
});

/** Shard n holds n texts of ten bytes each; says which were loaded, in order. */
function recorder(budget: number) {
  const loaded: number[] = [];
  const load = (shard: number) => {
    loaded.push(shard);
    return Promise.resolve(shardOf(10 * shard, `first of ${shard}`));
  };
  const shardTexts = createShardTexts(load, budget);
  const first = async (shard: number) => (await shardTexts.read(shard)).row(0).text;
  return { loaded, shardTexts, first };
}

describe("createShardTexts", () => {
  it("reads a shard once while it is kept, and drops the one unused for longest", async () => {
    const { loaded, shardTexts, first } = recorder(60);
    for (const shard of [1, 2, 3, 1]) expect(await first(shard)).toBe(`first of ${shard}`); // 60 bytes
    expect(loaded).toEqual([1, 2, 3]);
    await shardTexts.read(2); // used after 3 and 1
    await shardTexts.read(4); // 100 bytes: 3 and 1 go, 20 and 40 stay
    await shardTexts.read(2);
    expect(loaded).toEqual([1, 2, 3, 4]);
    await shardTexts.read(3);
    expect(loaded).toEqual([1, 2, 3, 4, 3]);
  });

  it("keeps a shard beyond the budget alone, so that one page of it is not read row by row", async () => {
    const { loaded, shardTexts } = recorder(30);
    for (const shard of [1, 9, 9, 1]) await shardTexts.read(shard);
    expect(loaded).toEqual([1, 9, 1]);
  });

  it("takes over texts at hand, once", async () => {
    const { loaded, shardTexts } = recorder(40);
    for (let time = 0; time < 3; time++) shardTexts.keep(2, shardOf(20, "x", "")); // 20 bytes, not 60
    shardTexts.keep(7, shardOf(20, "y"));
    expect((await shardTexts.read(2)).row(0).text).toBe("x");
    expect(loaded).toEqual([]);
  });

  it("gives the right texts to all who ask at once, and counts them once", async () => {
    const { loaded, shardTexts, first } = recorder(60);
    const asked = await Promise.all([3, 3, 2, 3].map(first));
    expect(asked).toEqual([3, 3, 2, 3].map((shard) => `first of ${shard}`));
    const before = loaded.length;
    await shardTexts.read(1); // 60 bytes of 60: nothing was counted twice, nothing goes
    for (const shard of [3, 2, 1]) await shardTexts.read(shard);
    expect(loaded.slice(before)).toEqual([1]);
  });

  it("asks again after a reading that failed", async () => {
    let broken = true;
    const shardTexts = createShardTexts(() =>
      broken ? Promise.reject(new Error("offline")) : Promise.resolve(shardOf(5, "there")),
    );
    await expect(shardTexts.read(0)).rejects.toThrow("offline");
    broken = false;
    expect((await shardTexts.read(0)).row(0).text).toBe("there");
  });
});
