// Products done by several threads: the bits of one thread, whatever the shape and however many help.
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startThread } from "../../cli/nodeThreads.ts";
import { createRandom } from "../../core/random.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { product } from "./matmul.ts";
import { helpersSoFar, shareProducts } from "./productThreads.ts";

const random = createRandom(5);
const normals = (rows: number, columns: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );

/** (n, k, m) of just over 2^25 multiplications: even, odd in every size, fewer rows than threads, deep. */
const SHAPES = [
  [512, 256, 256],
  [523, 263, 251],
  [5, 2600, 2600],
  [1000, 520, 67],
] as const;
const WAYS = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

const CASES = SHAPES.flatMap(([n, k, m]) =>
  WAYS.map(([aTurned, bTurned]) => ({ n, k, m, aTurned, bTurned })),
);

const threads: Worker[] = []; // started here
const ends: Promise<unknown>[] = [];
const entry = new URL("../../cli/productThread.ts", import.meta.url);

/** Calls so many helpers by one large product, and waits until all have answered. */
async function gather(count: number): Promise<void> {
  shareProducts({
    count,
    start(memory) {
      const thread = startThread(entry, memory);
      threads.push(thread);
      ends.push(once(thread, "exit"));
      return () => void thread.terminate();
    },
    lookMs: 20,
  });
  tf.tidy(() => void product(normals(512, 512), normals(512, 512)));
  await expect.poll(() => helpersSoFar().ready, { timeout: 60_000, interval: 50 }).toBe(count);
}

describe("products shared among threads", () => {
  beforeAll(async () => {
    await startNodeBackend("wasm");
  });
  afterAll(() => shareProducts(undefined));

  it.each([
    [1, false],
    [3, true],
  ])("%i more leave every bit as it is, fused: %s", async (count, fused) => {
    await startNodeBackend("wasm", fused);
    const given = CASES.map(({ n, k, m, aTurned, bTurned }) => ({
      a: aTurned ? normals(k, n) : normals(n, k),
      b: bTurned ? normals(m, k) : normals(k, m),
      turned: [aTurned, bTurned] as const,
    }));
    const results = () =>
      given.map(({ a, b, turned }) =>
        Buffer.from(
          product(a, b, ...turned)
            .dataSync()
            .slice().buffer,
        ),
      );

    const alone = results();
    await gather(count);
    const before = helpersSoFar().shared;
    const together = results();
    expect(helpersSoFar().shared - before).toBe(CASES.length);
    together.forEach((bits, i) => expect(bits.equals(alone[i]!), JSON.stringify(CASES[i])).toBe(true));
  });

  it("goes on alone where threads cannot be had", () => {
    let calls = 0;
    shareProducts({
      count: 1,
      start() {
        calls++;
        throw new Error("refused by the page's policy");
      },
    });
    const [a, b] = [normals(400, 400), normals(400, 400)];
    const [first, second] = [product(a, b).dataSync(), product(a, b).dataSync()];
    expect(calls).toBe(1);
    expect(first).toEqual(second);
  });

  it("goes on without a thread that was killed, to the same bits, and calls another crew", async () => {
    const [a, b] = [normals(512, 300), normals(300, 400)];
    const bits = () => Buffer.from(product(a, b).dataSync().slice().buffer);
    shareProducts(undefined);
    const alone = bits();
    await gather(2);
    await threads.at(-1)!.terminate();
    expect(bits().equals(alone)).toBe(true); // and comes to an end
    const before = threads.length;
    expect(bits().equals(alone)).toBe(true);
    expect(threads.length).toBe(before + 2);
    await expect.poll(() => helpersSoFar().ready, { timeout: 60_000, interval: 50 }).toBe(2);
    expect(bits().equals(alone)).toBe(true);
    expect(helpersSoFar().shared).toBe(1);
  });

  it("leaves small products alone, and goes on without helpers once they are dismissed", async () => {
    await gather(1);
    const before = helpersSoFar().shared;
    const [a, b] = [normals(8, 8), normals(8, 8)];
    product(a, b);
    expect(helpersSoFar().shared).toBe(before);
    shareProducts(undefined);
    await Promise.all(ends);
    expect(product(normals(512, 512), normals(512, 512)).shape).toEqual([512, 512]);
  });
});
