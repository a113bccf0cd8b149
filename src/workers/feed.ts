// The border between the two workers: the trainer asks for a corpus, gets its numbers, and then asks for tokens, names
// and texts by row, as many batches ahead as it can hold. Holds types only.
import type { Corpus, RowName, TokenRows } from "../core/data/corpus.ts";
import type { Side } from "../core/data/records.ts";
import type { CorpusRequest, LoadedCorpus } from "../training/corpus/loadedCorpus.ts";
import type { RunProgress } from "../core/run/progress.ts";

export interface FeedRequests {
  /** Answered when every shard is read, checked and tokenised. `early`: whether "numbers" may come before, and the rest wait for `readOn`. */
  load: {
    params: { loadId: number; request: CorpusRequest; tokenizer: string; early: boolean };
    result: Pick<LoadedCorpus, "corpus" | "usedPieces" | "longestText" | "notices">;
  };
  /** What was wanted of an early corpus is had: all its texts are tokenised now. */
  readOn: { params: { loadId: number }; result: null };
  /** Whether a load is still there, and its dataset still what it was. @throws where the dataset is gone */
  isCurrent: { params: { loadId: number }; result: boolean };
  /** Whether a tokenizer is there; loads name it by its sha256. */
  hasTokenizer: { params: { sha256: string }; result: boolean };
  /** Makes a tokenizer of its tokenizer.json; the latest few are kept. */
  addTokenizer: { params: { sha256: string; json: string; framed: boolean }; result: null };
  tokens: { params: { loadId: number; side: Side; rows: Int32Array }; result: TokenRows };
  names: { params: { loadId: number; side: Side; rows: Int32Array }; result: RowName[] };
  /** Texts by row of the loaded corpus, as they are shown (no prefix). */
  texts: { params: { loadId: number; side: Side; rows: readonly number[] }; result: string[] };
  /** Forgets a load, or ends one that is under way. */
  release: { params: { loadId: number }; result: null };
}

export type FeedEvent =
  | { readonly type: "progress"; readonly loadId: number; readonly progress: RunProgress }
  /** Tokens and names may be asked for, by row, though nothing else is tokenised yet. */
  | { readonly type: "numbers"; readonly loadId: number; readonly corpus: Corpus };
