// What one training batch is: which rows meet, in which languages. Never how it is drawn (see batchPlan.ts).
import { type BatchKind } from "../spec/batchKind.ts";

/** One query with its positives, all of one concept. Numbers are row indices into the train corpus. */
export interface BatchRow {
  readonly kind: BatchKind;
  readonly concept: number;
  readonly query: number;
  readonly passages: readonly number[]; // as many as its kind asks for
}

/** Rows that are each other's negatives. Concepts never repeat inside a batch. */
export interface Batch {
  readonly step: number; // from 0
  readonly kind: BatchKind | "mixed"; // "mixed" only when batch.unit = "row" drew several kinds
  readonly languages: readonly string[]; // languages allowed in this batch
  readonly rows: readonly BatchRow[];
}
