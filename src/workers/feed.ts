// The border between the two workers: the trainer asks for a corpus, the data worker sends it shard by shard while the
// trainer grants credit. Holds types only.
import type { CorpusRequest, RunProgress } from "../training/run/runPorts.ts";
import type { ChunkColumns } from "../training/data/streamCorpus.ts";
import type { Manifest } from "../core/data/manifest.ts";
import type { Side } from "../core/data/records.ts";

/** Shards that may be under way at once; the trainer grants one more for each it has taken in. */
export const INITIAL_CREDITS = 4;

export interface FeedRequests {
  /** Answered after the last chunk was sent. Earlier loads of the same id are dropped. */
  load: { params: { loadId: number; request: CorpusRequest; tokenizer: string }; result: null };
  /** Whether a tokenizer is there; loads name it by its sha256. */
  hasTokenizer: { params: { sha256: string }; result: boolean };
  /** Makes a tokenizer of its tokenizer.json; the latest few are kept. */
  addTokenizer: { params: { sha256: string; json: string; framed: boolean }; result: null };
  credit: { params: { loadId: number; n: number }; result: null };
  /** Texts by row of the loaded corpus, as they are shown (no prefix). */
  texts: { params: { loadId: number; side: Side; rows: readonly number[] }; result: string[] };
  /** Forgets the texts of a load. */
  release: { params: { loadId: number }; result: null };
}

export type FeedEvent =
  | {
      readonly type: "opened";
      readonly loadId: number;
      readonly manifest: Manifest;
      readonly languages: readonly string[];
    }
  | { readonly type: "chunk"; readonly loadId: number; readonly columns: ChunkColumns }
  | { readonly type: "progress"; readonly loadId: number; readonly progress: RunProgress };
