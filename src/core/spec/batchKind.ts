// The four kinds of batch and a mix of them. Never how a batch is drawn (core/plan).
import type { Age } from "../age.ts";

/** METHOD 1: the four ways to mix languages in a batch. */
export type BatchKind = "mono" | "cross" | "multi" | "mixedMono";

export const BATCH_KINDS: readonly BatchKind[] = ["mono", "cross", "multi", "mixedMono"];

/** The first age that had the kind: an older record lacks it, and digests pass it over where a spec does not use it. */
export const KIND_SINCE: Readonly<Record<BatchKind, Age>> = { mono: 1, cross: 1, multi: 1, mixedMono: 1 };

/** A point of the simplex over the four kinds: each in [0, 1], sum 1. */
export type Ratio = Readonly<Record<BatchKind, number>>;
