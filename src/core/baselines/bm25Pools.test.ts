import { expect, it } from "vitest";
import type { EvalSet } from "../metrics/evaluation.ts";
import { bm25Pools } from "./bm25Pools.ts";
import { ownPool } from "./ownPool.ts";

// Passages de 0-1, en 2-4; questions: de about 0, en about 2 and 3. Each is answered in both languages but the last.
const SET: EvalSet = {
  languages: ["de", "en"],
  queryLangs: new Uint16Array([0, 1, 1]),
  passageLangs: new Uint16Array([0, 0, 1, 1, 1]),
  relevantOffsets: new Int32Array([0, 2, 4, 5]),
  relevant: new Int32Array([0, 2, 0, 2, 3]),
  tieOrder: new Int32Array([4, 3, 2, 1, 0]),
};
const QUERIES = ["roter fuchs", "red fox", "nothing of it"];
const PASSAGES = ["der fuchs", "der rote fuchs", "a red fox", "a dog", "red red"];

it("has each language's questions among its own passages alone", () => {
  const { set, queries, passages } = ownPool(SET, 1);
  expect([queries, passages]).toEqual([
    [1, 2],
    [2, 3, 4],
  ]);
  expect([...set.relevantOffsets]).toEqual([0, 1, 2]);
  expect([...set.relevant]).toEqual([0, 1]); // "a red fox", "a dog"
  expect([...set.tieOrder]).toEqual([2, 1, 0]);
});

it("measures as an encoder is measured, ties by id", async () => {
  const told: number[] = [];
  const { values, perLanguage } = await bm25Pools(
    SET,
    ({ queries, passages }) =>
      Promise.resolve({
        queries: queries.map((q) => QUERIES[q]!),
        passages: passages.map((p) => PASSAGES[p]!),
      }),
    [],
    (done) => told.push(done),
  );
  // de: "fuchs" is in both, the shorter one first: rank 1. en: "a red fox" first; "a dog" ties at 0 with the others and
  // has the middle place by its id: rank 2.
  expect(perLanguage["de"]!["map/mono"]).toBe(1);
  expect(perLanguage["en"]!["map/mono"]).toBeCloseTo((1 + 1 / 2) / 2, 12);
  expect(values["map/mono"]).toBeCloseTo((1 + 0.75) / 2, 12);
  expect(values).not.toHaveProperty("map/cross");
  expect(told).toEqual([1, 2]);
});
