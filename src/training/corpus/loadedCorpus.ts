// What a run asks for of a dataset and gets: numbers in memory, the rest by row. Holds no behaviour.
import type { Corpus, RowName, RowTokens } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { EncoderTexts, Prefixes } from "../text/encoderTexts.ts";

export interface CorpusRequest {
  readonly datasetId: string;
  readonly languages: readonly string[]; // those the dataset lacks are left out; the run checks
  readonly prefixes: Prefixes; // written before every text
  readonly maxTokens: number;
}

/** A loaded corpus, and ways to look up what it does not hold: tokens for training, names and texts for showing. */
export interface LoadedCorpus extends RowTokens {
  readonly corpus: Corpus;
  readonly usedPieces: Uint8Array; // (V) 1 for each piece of the tokenizer that occurs in a row
  readonly longestText: number; // tokens, special ones included; Infinity where a text was cut
  readonly notices: readonly string[]; // e.g. how many texts were cut
  names(side: Side, rows: Int32Array): Promise<RowName[]>;
  texts(side: Side, rows: readonly number[]): Promise<string[]>;
}

/** What can be asked of a dataset before its texts are tokenised. */
export interface EarlyCorpus extends RowTokens {
  readonly corpus: Corpus; // as it will be when all is tokenised
  names(side: Side, rows: Int32Array): Promise<RowName[]>;
}

/** Reads what it needs; the dataset's other texts wait until it has ended. */
export type EarlyUse = (early: EarlyCorpus) => Promise<void>;

/** Where datasets come from: the part of a run's ports that loads them. */
export interface CorpusPort {
  /**
   * @param texts of the encoder that will read the corpus: its tokenizer makes the token ids
   * @param early called at most once, and only where that is sooner than all of it
   */
  loadCorpus(
    request: CorpusRequest,
    texts: EncoderTexts,
    onProgress: (progress: RunProgress) => void,
    early?: EarlyUse,
  ): Promise<LoadedCorpus>;
}
