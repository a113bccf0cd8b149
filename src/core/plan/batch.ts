// What one training batch is: which rows meet, in which languages. Never how it is drawn (see batchPlan.ts).

/** METHOD 1: the four ways to mix languages in a batch. */
export type BatchKind = "mono" | "cross" | "multi" | "mixedMono";
export const BATCH_KINDS: readonly BatchKind[] = ["mono", "cross", "multi", "mixedMono"];

/** A point of the simplex over the four kinds: each in [0, 1], sum 1. */
export type Ratio = Readonly<Record<BatchKind, number>>;

/** One query with its positives, all of one concept. Numbers are row indices into the train corpus. */
export interface BatchRow {
  readonly kind: BatchKind;
  readonly concept: number;
  readonly query: number;
  readonly passages: readonly number[]; // 1, or batch.positives of them for `multi`
}

/** Rows that are each other's negatives. Concepts never repeat inside a batch. */
export interface Batch {
  readonly step: number; // from 0
  readonly kind: BatchKind | "mixed"; // "mixed" only when batch.unit = "row" drew several kinds
  readonly languages: readonly string[]; // languages allowed in this batch
  readonly rows: readonly BatchRow[];
}
