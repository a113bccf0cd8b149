// Each row is encoded once while there is room, and never differently.
import { expect, it } from "vitest";
import { createVectorCache } from "./vectorCache.ts";

function counting(room?: number) {
  const asked: number[][] = [];
  const encode = (rows: Int32Array) => {
    asked.push(Array.from(rows));
    return Promise.resolve(Float32Array.from(Array.from(rows).flatMap((row) => [row, -row])));
  };
  return { asked, cache: createVectorCache(2, encode, room) };
}
const rows = (...values: number[]) => Int32Array.from(values);

it("encodes each row once, and gives vectors in the order asked", async () => {
  const { asked, cache } = counting();
  expect(Array.from(await cache.vectors(rows(3, 5, 3)))).toEqual([3, -3, 5, -5, 3, -3]);
  expect(Array.from(await cache.vectors(rows(5, 7)))).toEqual([5, -5, 7, -7]);
  await cache.vectors(rows(3, 7));
  expect(asked).toEqual([[3, 5], [7]]);
});

it("begins anew when the next rows do not fit", async () => {
  const { asked, cache } = counting(6); // three rows of two numbers
  await cache.vectors(rows(1, 2));
  expect(Array.from(await cache.vectors(rows(2, 3, 4)))).toEqual([2, -2, 3, -3, 4, -4]);
  await cache.vectors(rows(4, 2));
  expect(asked).toEqual([
    [1, 2],
    [2, 3, 4],
  ]);
});

it("serves a batch larger than its room, too", async () => {
  const { cache } = counting(2);
  expect(Array.from(await cache.vectors(rows(1, 2, 3)))).toEqual([1, -1, 2, -2, 3, -3]);
});
