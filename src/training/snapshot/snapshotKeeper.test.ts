import { describe, expect, it } from "vitest";
import { memorySnapshots } from "../../testing/memorySnapshots.ts";
import { createSnapshotKeeper, type KeeperOptions } from "./snapshotKeeper.ts";

/** A clock that the test sets, and a keeper whose snapshots take `costMs`. */
function keeper(options: Partial<KeeperOptions> & { costMs?: number } = {}) {
  const clock = { ms: 0 };
  const told: string[] = [];
  const store = memorySnapshots();
  const made = createSnapshotKeeper({
    store,
    expectedMs: 0,
    nowMs: () => clock.ms,
    onTrouble: (sentence) => told.push(sentence),
    ...options,
  });
  const keep = (step: number) =>
    made.keep(step, () => {
      clock.ms += options.costMs ?? 0;
      return Promise.resolve([Uint8Array.of(step)]);
    });
  return { ...made, keep, clock, told, store };
}

describe("when a snapshot is due", () => {
  it("is never, without a cadence", () => {
    const { isDue, clock } = keeper();
    clock.ms = 1e9;
    expect([0, 50, 1e6].some(isDue)).toBe(false);
  });

  it("is at every so many steps, but not where one is kept already", async () => {
    const { isDue, keep } = keeper({ cadence: { steps: 50 }, from: 100 });
    expect([99, 100, 101, 149, 150, 200].filter(isDue)).toEqual([150, 200]);
    await keep(150);
    expect(isDue(150)).toBe(false);
  });

  it("is every so many seconds, from the last one's end", async () => {
    const { isDue, keep, clock } = keeper({ cadence: { seconds: 30 }, costMs: 5_000 });
    clock.ms = 29_999;
    expect(isDue(1)).toBe(false);
    clock.ms = 30_000;
    expect(isDue(1)).toBe(true);
    await keep(1); // until 35,000
    clock.ms = 64_999;
    expect(isDue(2)).toBe(false);
    clock.ms = 65_000;
    expect(isDue(2)).toBe(true);
  });

  it("waits where it would take more than its share of the time", async () => {
    const cadence = { seconds: 10, share: 0.02 };
    const { isDue, keep, clock } = keeper({ cadence, costMs: 1_000, expectedMs: 500 });
    clock.ms = 24_999; // 500 of 25,000 would be 2 %
    expect(isDue(1)).toBe(false);
    clock.ms = 25_000;
    expect(isDue(1)).toBe(true);
    await keep(1); // took 1,000 in fact, so with the next 2,000: 2 % of 100,000
    clock.ms = 99_999;
    expect(isDue(2)).toBe(false);
    clock.ms = 100_000;
    expect(isDue(2)).toBe(true);
  });
});

describe("which snapshots stay", () => {
  it("are the two newest of the run, never a third for a moment", async () => {
    const { keep, store } = keeper(); // its store refuses a third
    for (const step of [10, 20, 30, 40]) expect(await keep(step)).toBe(true);
    expect([...store.files.keys()]).toEqual([30, 40]);
    expect(await keep(40)).toBe(true); // is there
    expect(store.written).toEqual([10, 20, 30, 40]);
  });

  it("are not those of an earlier run, once the first of this one is written", async () => {
    const store = memorySnapshots(3);
    for (const step of [150, 200]) await store.write(step, []);
    const { keep } = keeper({ store });
    await keep(10);
    expect([...store.files.keys()]).toEqual([10]);
  });

  it("are the one that was gone on from and the next, not a damaged newer one", async () => {
    const store = memorySnapshots(3);
    for (const step of [50, 100]) await store.write(step, []);
    const { keep } = keeper({ store, from: 50 });
    await keep(75);
    expect([...store.files.keys()].sort((a, b) => a - b)).toEqual([50, 75]);
  });
});

it("says once that there is no room, and goes on without; what was kept stays", async () => {
  const store = memorySnapshots();
  let full = false;
  const small = {
    ...store,
    write: (step: number, parts: Iterable<Uint8Array>) =>
      full ? Promise.reject(new Error("there is no room left")) : store.write(step, parts),
  };
  const { keep, isDue, told } = keeper({ store: small, cadence: { steps: 1 } });
  expect(await keep(1)).toBe(true);
  full = true;
  expect(await keep(2)).toBe(false);
  expect(isDue(3)).toBe(false);
  expect(await keep(3)).toBe(false); // asked for by hand
  expect(told).toEqual([
    "Snapshots of this run cannot be kept: there is no room left. Training goes on without.",
  ]);
  expect([...store.files.keys()]).toEqual([1]);
  full = false;
  expect(await keep(4)).toBe(true);
});
