// What the batch plan and the evaluation know of a dataset: which row is of which language, split and concepts, in
// columns of numbers. Holds no text, no id and no token: those are looked up by row (training/corpus), so that a set
// larger than memory can be trained on.

/** Lists of token ids laid end to end: row i is tokens[offsets[i] .. offsets[i + 1]]. */
export interface TokenRows {
  readonly offsets: Int32Array; // (n + 1)
  readonly tokens: Int32Array;
}

/** One side of a dataset. Row order = shard order in the manifest, then line order. */
export interface TextColumns {
  readonly langs: Uint16Array; // (n) index into Corpus.languages
  readonly splits: Uint8Array; // (n) index into SPLITS
  readonly conceptOffsets: Int32Array; // (n + 1)
  readonly concepts: Int32Array; // numbers below Corpus.nConcepts; exactly one per query
  /** As long as `concepts`: how well a passage answers each, from 1. Left out: 1 everywhere. */
  readonly grades?: Uint8Array;
  /** (n) of queries: equal numbers share a cluster, -1 has none. Left out: none has. */
  readonly clusters?: Int32Array;
  /** (n) 1 for rows of the dev part (devPart.ts). Left out: none is. */
  readonly inDev?: Uint8Array;
}

export interface Corpus {
  readonly datasetId: string;
  readonly sha256: string; // the manifest's
  readonly languages: readonly string[];
  readonly nConcepts: number; // distinct ones; how they are numbered: core/data/conceptNumbers.ts
  readonly leavesOutOwn?: boolean; // a passage with a query's id is no candidate for that query
  readonly queries: TextColumns;
  readonly passages: TextColumns;
}

/** What a row is called: looked up when it is shown or written to a file. */
export interface RowName {
  readonly id: string;
  readonly concepts: readonly string[];
}

/** Tokens looked up by row. */
export interface RowTokens {
  tokens(side: "queries" | "passages", rows: Int32Array): Promise<TokenRows>;
}
