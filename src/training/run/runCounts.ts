// What a run has trained on, counted batch by batch as plain data.
import type { Corpus } from "../../core/data/corpus.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { Point } from "../../core/record/point.ts";
import type { Counts, RunCounts } from "../../core/record/runState.ts";
import type { BatchKind } from "../../core/spec/batchKind.ts";

/** Adds a trained batch: its kind (mixed rows in parts) and the language of each of its texts. */
export function countBatch({ realised, recent }: RunCounts, batch: Batch, corpus: Corpus): void {
  const languageOf = (lang: number) => corpus.languages[lang]!;
  for (const row of batch.rows) {
    bump(recent, row.kind, 1 / batch.rows.length);
    bump(realised, row.kind, 1 / batch.rows.length);
    bump(realised, languageOf(corpus.queries.langs[row.query]!), 1);
    for (const p of row.passages) bump(realised, languageOf(corpus.passages.langs[p]!), 1);
  }
}

function bump(counts: Counts, key: string, by: number): void {
  counts[key] = (Object.hasOwn(counts, key) ? counts[key]! : 0) + by;
}

/** Share of each of `kinds` among the batches counted since the last call, as ratio/<kind> points. */
export function takeRatioPoints(counts: RunCounts, kinds: readonly BatchKind[], step: number): Point[] {
  const { recent } = counts;
  counts.recent = {};
  const total = Object.values(recent).reduce((a, b) => a + b, 0);
  return kinds.map((kind) => ({
    step,
    metric: `ratio/${kind}`,
    value: total === 0 ? 0 : roundCount((recent[kind] ?? 0) / total),
  }));
}

/** Parts of a batch add up to 0.1 + 0.2 style sums; nine digits are kept. */
export const roundCount = (x: number): number => Math.round(x * 1e9) / 1e9;
