import { expect, it } from "vitest";
import type { Batch, BatchRow } from "./batch.ts";
import { batchRows } from "./batchRows.ts";

const row = (query: number, ...passages: number[]): BatchRow => ({
  kind: "multi",
  concept: query,
  query,
  passages,
});
const batch = (...rows: BatchRow[]): Batch => ({ step: 0, kind: "mixed", languages: ["en"], rows });

it("lays passages row by row, as many for each as the widest row has", () => {
  expect(batchRows(batch(row(5, 50, 51), row(3, 30, 31)))).toEqual({
    k: 2,
    queries: Int32Array.of(5, 3),
    passages: Int32Array.of(50, 51, 30, 31),
  });
});

it("repeats the first positive of a row with fewer", () => {
  expect(batchRows(batch(row(5, 50), row(3, 30, 31, 32))).passages).toEqual(
    Int32Array.of(50, 50, 50, 30, 31, 32),
  );
});
