// A dataset in memory, in columns: what the batch plan and the evaluation read. Holds no text and no tensors.

/** Lists of token ids laid end to end: row i is tokens[offsets[i] .. offsets[i + 1]]. */
export interface TokenRows {
  readonly offsets: Int32Array; // (n + 1)
  readonly tokens: Int32Array;
}

/** One side of a dataset. Row order = shard order in the manifest, then line order. */
export interface TextColumns extends TokenRows {
  readonly ids: readonly string[]; // (n)
  readonly langs: Uint16Array; // (n) index into Corpus.languages
  readonly splits: Uint8Array; // (n) index into SPLITS
  readonly conceptOffsets: Int32Array; // (n + 1)
  readonly concepts: Int32Array; // indices into Corpus.concepts; exactly one per query
}

export interface Corpus {
  readonly datasetId: string;
  readonly sha256: string; // the manifest's
  readonly languages: readonly string[];
  readonly concepts: readonly string[];
  readonly queries: TextColumns;
  readonly passages: TextColumns;
}
