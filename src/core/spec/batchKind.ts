// The four kinds of batch and a mix of them. Never how a batch is drawn (core/plan).

/** METHOD 1: the four ways to mix languages in a batch. */
export type BatchKind = "mono" | "cross" | "multi" | "mixedMono";

export const BATCH_KINDS: readonly BatchKind[] = ["mono", "cross", "multi", "mixedMono"];

/** A point of the simplex over the four kinds: each in [0, 1], sum 1. */
export type Ratio = Readonly<Record<BatchKind, number>>;
