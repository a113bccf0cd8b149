// What an evaluation asks and answers (METHOD 2). Never how scores are made; see rankCounter.ts for the counting.

/** Queries, pool and relevance of one evaluation, in columns. */
export interface EvalSet {
  readonly languages: readonly string[]; // L
  readonly queryLangs: Uint16Array; // (Q) index into languages
  readonly passageLangs: Uint16Array; // (N)
  readonly relevantOffsets: Int32Array; // (Q + 1)
  readonly relevant: Int32Array; // indices into the pool, all languages; each once per query, any number of them
  readonly grades?: Uint8Array; // one per entry of `relevant`, from 1: the gain of nDCG. Left out: 1 for all
  readonly queryClusters?: Int32Array; // (Q) queries of one number are one observation, -1 = none stated
  /** (N) position of each passage's id when all ids are sorted descending: the tie rule of trec_eval. */
  readonly tieOrder: Int32Array;
}

/** Means per language, then over languages. `null` where no query of the language has a relevant passage. */
export interface LanguageResult {
  readonly mono: number | null; // AP of query x in pool x
  readonly cross: number | null; // mean over y != x of AP of query x in pool y
  readonly multi: number | null; // AP of query x in the pool of all languages
  readonly rankDistance: number | null; // candidates
  readonly sameLanguageShare: number | null; // of the best min(10, N) in the pool of all languages
  readonly ndcg10?: number | null; // nDCG@10 of query x in pool x, graded; absent from records of version 0.1
  readonly recall100?: number | null; // recall@100 of query x in pool x; absent as above
  readonly queries: number; // with at least one relevant passage in the pool of all languages
}

export interface EvalResult {
  readonly map: {
    readonly mono: number | null;
    readonly cross: number | null;
    readonly multi: number | null;
  };
  /** Keys name the cut: "recall@1/mono", "recall@1/cross", "recall@10/multi", "recall@100/mono". */
  readonly recall: Readonly<Record<string, number | null>>;
  /** "ndcg@10/mono"; absent from records of version 0.1. */
  readonly ndcg?: Readonly<Record<string, number | null>>;
  readonly rankDistance: number | null;
  readonly maxAtR: number | null; // worst rank needed to find all parallel passages
  readonly sameLanguageShare: number | null;
  readonly sameLanguageBase: number | null; // the same languages' share of the pool: what no bias would give
  readonly perLanguage: Readonly<Record<string, LanguageResult>>;
  readonly matrix: Readonly<Record<string, Readonly<Record<string, number | null>>>>; // query lang -> passage lang -> mAP
  readonly queries: number; // evaluated: with at least one relevant passage
  readonly skippedQueries: number; // without any relevant passage: AP is undefined there
  /**
   * Query lang -> passage lang -> queries (evaluated or not) without a relevant passage in that pool: those that the cell
   * of `matrix` leaves out. Pairs without any are not listed; absent from older records.
   */
  readonly skippedPairs?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly pool: number; // passages
}
