// What an evaluation asks and answers (METHOD 2). Never how scores are made; see rankCounter.ts for the counting.

/** Queries, pool and relevance of one evaluation, in columns. */
export interface EvalSet {
  readonly languages: readonly string[]; // L
  readonly queryLangs: Uint16Array; // (Q) index into languages
  readonly passageLangs: Uint16Array; // (N)
  readonly relevantOffsets: Int32Array; // (Q + 1)
  readonly relevant: Int32Array; // indices into the pool, all languages; each once per query, any number of them
  readonly grades?: Uint8Array; // one per entry of `relevant`, from 1: the gain of nDCG. Left out: 1 for all
  /**
   * One per entry of `relevant`: 1 for a passage that is no answer but is left out of this query's ranking, such as the document
   * that the query is. Its rank is counted only to take it out. Left out: 0 for all.
   */
  readonly leftOut?: Uint8Array;
  readonly queryClusters?: Int32Array; // (Q) queries of one number are one observation, -1 = none stated
  /** (N) position of each passage's id when all ids are sorted descending: the tie rule of trec_eval. */
  readonly tieOrder: Int32Array;
}

/**
 * Metric path -> value. `null`: undefined, since no query had a relevant passage. A path that is not there was not measured
 * (records of older versions).
 */
export type Values = Readonly<Record<string, number | null>>;

/** Query lang -> passage lang -> mean over the queries that have a relevant passage there. */
export type PairTable = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** One language's means over its queries. */
export interface LanguageResult {
  readonly values: Values;
  readonly queries: number; // with at least one relevant passage in the pool of all languages
}

/** Means over languages and what they are made of; metricTable.ts says what each number is. */
export interface EvalResult {
  readonly values: Values;
  readonly perLanguage: Readonly<Record<string, LanguageResult>>;
  readonly matrix: PairTable; // mAP
  /** Metric path -> its means by pair, of those that ask for them ("ndcg@10/pairs"); left out where none does. */
  readonly pairs?: Readonly<Record<string, PairTable>>;
  readonly queries: number; // evaluated: with at least one relevant passage
  readonly skippedQueries: number; // without any relevant passage: AP is undefined there
  /**
   * Query lang -> passage lang -> queries (evaluated or not) without a relevant passage in that pool: those that the cell
   * of `matrix` leaves out. Pairs without any are not listed, and none are in records of version 0.1.
   */
  readonly skippedPairs: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly pool: number; // passages
}
