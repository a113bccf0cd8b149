import { expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { RunCounts } from "../../core/record/runState.ts";
import { countBatch, takeRatioPoints } from "./runCounts.ts";

const corpus = smallCorpus({ languages: ["de", "en"], nConcepts: 4, nQueries: 1 }); // rows 0–3 de, 4–7 en
const row = (kind: "mono" | "cross", query: number, passage: number) => ({
  kind,
  concept: query % 4,
  query,
  passages: [passage],
});
const batch = (step: number, rows: Batch["rows"]): Batch => ({
  step,
  kind: "mixed",
  languages: ["de", "en"],
  rows,
});

it("counts batches by kind, in parts, and texts by language", () => {
  const counts: RunCounts = { realised: {}, recent: {} };
  countBatch(
    counts,
    batch(0, [row("mono", 0, 0), row("mono", 1, 1), row("cross", 2, 6), row("mono", 7, 7)]),
    corpus,
  );
  countBatch(counts, batch(1, [row("cross", 4, 0)]), corpus);
  // mono 3/4; cross 1/4 + 1; de: 3 queries and 3 passages; en: 2 and 2
  expect(counts.realised).toEqual({ mono: 0.75, cross: 1.25, de: 6, en: 4 });
});

it("tells the shares since the last time, of all kinds that may be drawn", () => {
  const counts: RunCounts = { realised: {}, recent: {} };
  countBatch(counts, batch(0, [row("mono", 0, 0), row("cross", 4, 0)]), corpus);
  countBatch(counts, batch(1, [row("mono", 0, 0)]), corpus);
  const told = takeRatioPoints(counts, ["mono", "cross", "multi"], 2);
  expect(told).toEqual([
    { step: 2, metric: "ratio/mono", value: 0.75 }, // 1.5 of 2 batches
    { step: 2, metric: "ratio/cross", value: 0.25 },
    { step: 2, metric: "ratio/multi", value: 0 },
  ]);
  expect(takeRatioPoints(counts, ["mono"], 3)).toEqual([{ step: 3, metric: "ratio/mono", value: 0 }]);
  expect(counts.realised["mono"]).toBe(1.5);
});

it("are plain data: a copy by way of JSON goes on to the same numbers", () => {
  const counts: RunCounts = { realised: {}, recent: {} };
  const thirds = batch(0, [row("mono", 0, 0), row("cross", 4, 0), row("mono", 1, 1)]);
  countBatch(counts, thirds, corpus);
  const copy = JSON.parse(JSON.stringify(counts)) as RunCounts;
  for (const one of [counts, copy]) countBatch(one, thirds, corpus);
  expect(copy).toEqual(counts);
  expect(takeRatioPoints(copy, ["mono"], 2)).toEqual(takeRatioPoints(counts, ["mono"], 2));
});
