// What one line of a shard means: a query or a passage. Never reads a file; parsing lives in parseRecord.ts.

/**
 * Which part of a dataset a row belongs to. `dev` = seen concepts, unseen queries; `test` = unseen concepts. `any` is for
 * passages only: those of a collection that all its queries search, whichever their split.
 */
export type Split = "train" | "dev" | "test" | "any";
export const SPLITS: readonly Split[] = ["train", "dev", "test", "any"];

/** The two sides of retrieval; also the two kinds of shard. */
export type Side = "queries" | "passages";
export const SIDES: readonly Side[] = ["queries", "passages"];

/** A query asks for one concept; every passage that carries the concept is relevant, in any language. */
export interface QueryRecord {
  readonly _id: string; // unique among the queries of the dataset, all languages together
  readonly text: string;
  readonly lang: string; // BCP 47, e.g. "zh"
  readonly concept: string;
  /** What it was asked about, such as its paragraph: queries of one cluster are one observation (core/stats). */
  readonly cluster?: string;
  readonly split: Split;
}

/** A passage answers zero or more concepts: one name of one emoji, or a sentence that answers several questions. */
export interface PassageRecord {
  readonly _id: string; // unique among the passages of the dataset, all languages together
  readonly text: string;
  readonly lang: string;
  readonly concepts: readonly string[]; // written as `concept`: a string, or a list
  /** How well it answers each concept: 1 to MAX_GRADE, one per concept. Left out: 1 for all. */
  readonly grades?: readonly number[];
  readonly split: Split; // never dev: dev queries search the train pool
}

/** Graded relevance: the gain of nDCG. Benchmarks use up to 4. */
export const MAX_GRADE = 255;

/** What a converter makes: a record and the side it belongs to. */
export type SidedRecord =
  | { readonly side: "queries"; readonly record: QueryRecord }
  | { readonly side: "passages"; readonly record: PassageRecord };

/** A record as the reader of a shard gets it: both sides have a list of concepts; a query's has one entry. */
export interface ShardRow {
  readonly id: string;
  readonly text: string;
  readonly concepts: readonly string[];
  readonly grades?: readonly number[]; // one per concept; left out: 1 for all
  readonly cluster?: string; // of a query
}

/** A query and a passage that answers it, as a card shows them; either may be missing. */
export interface PreviewPair {
  readonly concept: string;
  readonly query?: string;
  readonly passage?: string;
}
