import { expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import type { Corpus } from "../data/corpus.ts";
import type { Batch } from "./batch.ts";
import { negativeMask } from "./negatives.ts";

const corpus = smallCorpus({ languages: ["en"], nConcepts: 8, nQueries: 1 });
const batch = (rows: { concept: number; passages: number[] }[]): Batch => ({
  step: 0,
  kind: "mono",
  languages: ["en"],
  rows: rows.map((row) => ({ ...row, kind: "mono", query: row.concept })),
});

it("takes every other row's passage as a negative, never one's own", () => {
  const mask = negativeMask(batch([0, 1, 2].map((c) => ({ concept: c, passages: [c] }))), corpus, 1);
  expect([...mask]).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
});

it("spares a passage that also answers the query's concept", () => {
  // Passage 1 answers concepts 1 and 0: it is no negative for row 0, while passage 0 stays one for row 1.
  const passages = {
    ...corpus.passages,
    conceptOffsets: Int32Array.from([0, 1, 3]),
    concepts: Int32Array.from([0, 1, 0]),
  };
  const shared: Corpus = { ...corpus, passages };
  const mask = negativeMask(batch([0, 1].map((c) => ({ concept: c, passages: [c] }))), shared, 1);
  expect([...mask]).toEqual([0, 0, 1, 0]);
});

it("does not count a padded repetition", () => {
  const mask = negativeMask(
    batch([
      { concept: 0, passages: [0] },
      { concept: 1, passages: [1, 1] },
    ]),
    corpus,
    2,
  );
  // columns: row 0's passage, its repetition, row 1's two passages
  expect([...mask]).toEqual([0, 0, 1, 1, 1, 0, 0, 0]);
});
