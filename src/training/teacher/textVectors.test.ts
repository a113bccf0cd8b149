// Each text is encoded once while there is room, and never differently.
import { expect, it } from "vitest";
import type { RowTokens } from "../../core/data/corpus.ts";
import { createTextVectors } from "./textVectors.ts";

/** Row r of either side has the tokens [r mod `period`]. */
function corpusOf(period = Infinity): RowTokens {
  return {
    tokens: (_, rows) =>
      Promise.resolve({
        offsets: Int32Array.from({ length: rows.length + 1 }, (_, i) => i),
        tokens: Int32Array.from(rows, (row) => row % period),
      }),
  };
}
function counting(room?: number) {
  const asked: number[][] = [];
  const vectors = createTextVectors(
    2,
    ({ tokens }) => {
      asked.push(Array.from(tokens));
      return Promise.resolve(Float32Array.from(Array.from(tokens).flatMap((token) => [token, -token])));
    },
    room,
  );
  return { asked, vectors };
}
const rows = (...values: number[]) => Int32Array.from(values);

it("encodes each text once, and gives vectors in the order asked", async () => {
  const { asked, vectors } = counting();
  const corpus = corpusOf();
  expect(Array.from(await vectors.vectors(corpus, "queries", rows(3, 5, 3)))).toEqual([3, -3, 5, -5, 3, -3]);
  expect(Array.from(await vectors.vectors(corpus, "queries", rows(5, 7)))).toEqual([5, -5, 7, -7]);
  await vectors.vectors(corpus, "queries", rows(3, 7));
  expect(asked).toEqual([[3, 5], [7]]);
});

it("knows a text by its tokens, whatever row, side or corpus it is in", async () => {
  const { asked, vectors } = counting();
  await vectors.vectors(corpusOf(4), "queries", rows(1, 5, 2));
  expect(Array.from(await vectors.vectors(corpusOf(4), "passages", rows(9, 6)))).toEqual([1, -1, 2, -2]);
  expect(asked).toEqual([[1, 2]]);
  const texts = await vectors.texts(corpusOf(4), "passages", rows(0, 1, 4, 5));
  expect([...texts.keys()].map((key) => vectors.has(key))).toEqual([false, true]);
  expect([...texts.values()].map(({ row, length }) => [row, length])).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

it("begins anew when the next rows do not fit", async () => {
  const { asked, vectors } = counting(6); // three vectors of two numbers
  const corpus = corpusOf();
  await vectors.vectors(corpus, "queries", rows(1, 2));
  expect(Array.from(await vectors.vectors(corpus, "queries", rows(2, 3, 4)))).toEqual([2, -2, 3, -3, 4, -4]);
  await vectors.vectors(corpus, "queries", rows(4, 2));
  expect(asked).toEqual([
    [1, 2],
    [2, 3, 4],
  ]);
});

it("serves more rows than it has room for, and more than it looks up at once", async () => {
  const { vectors } = counting(2);
  const many = Int32Array.from({ length: 2500 }, (_, i) => i);
  const found = await vectors.vectors(corpusOf(), "passages", many);
  expect(Array.from(many).every((row) => found[2 * row] === row && found[2 * row + 1] === -row)).toBe(true);
});
