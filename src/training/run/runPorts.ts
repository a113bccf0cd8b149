// What a run needs from outside and what it tells: the same in a worker and in Node. Holds no behaviour.
import type { Corpus, RowName, RowTokens } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";
import type { Batch } from "../../core/plan/batch.ts";
import type { Random } from "../../core/random.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { DeviceReport } from "../engine/backend.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import type { ModelWeights } from "../model/weights.ts";
import type { Tokenizer } from "../text/tokenizer.ts";

/** How far one phase is; total 0 = not known yet. */
export interface RunProgress {
  readonly phase: "encoder" | "download" | "tokenise" | "compile" | "train" | "evaluate";
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "texts" | "steps" | "queries" | "parts";
}

export interface CorpusRequest {
  readonly datasetId: string;
  readonly languages: readonly string[]; // those the dataset lacks are left out; the run checks
  readonly prefixes: Prefixes; // written before every text
  readonly maxTokens: number;
}

/** What turns text into an encoder's token ids. */
export interface EncoderTexts {
  readonly tokenizer: Tokenizer; // special tokens as this encoder has them
  readonly json: string; // the tokenizer.json it was made of, so that another worker can make the same one
  readonly framed: boolean; // false: the special tokens the file asks for were taken off
}

/** What is written before a text, tokenised with it. */
export interface Prefixes {
  readonly query: string;
  readonly passage: string;
}

/** What a run starts from. */
export interface StartEncoder {
  readonly texts: EncoderTexts;
  /** Those the encoder was trained with; null where it was trained with none. */
  readonly prefixes: Prefixes | null;
  readonly longest: number; // tokens of a text it can read, special ones included; Infinity for any
  /** Settings of the model once it holds `vocabSize` pieces. */
  config(spec: ExperimentSpec["encoder"], vocabSize: number): EncoderConfig;
  /**
   * The weights with only these pieces' rows.
   * @param pieceIds (V) ids in the tokenizer, ascending
   * @returns with the SHA-256 that stands for tokenizer and weights in run records
   * @throws DataError in one sentence if a file is not as it should be
   */
  load(
    spec: ExperimentSpec["encoder"],
    pieceIds: Int32Array,
    random: Random,
    onProgress: (progress: RunProgress) => void,
  ): Promise<{ readonly weights: ModelWeights; readonly sha256: string }>;
}

/** A loaded corpus, and ways to look up what it does not hold: tokens for training, names and texts for showing. */
export interface LoadedCorpus extends RowTokens {
  readonly corpus: Corpus;
  readonly usedPieces: Uint8Array; // (V) 1 for each piece of the tokenizer that occurs in a row
  readonly notices: readonly string[]; // e.g. how many texts were cut
  names(side: Side, rows: Int32Array): Promise<RowName[]>;
  texts(side: Side, rows: readonly number[]): Promise<string[]>;
}

export interface RunPorts {
  /** The encoder of an id, its weights not yet read. @throws SpecError, DataError */
  openEncoder(id: string, onProgress: (progress: RunProgress) => void): Promise<StartEncoder>;
  startDevice(choice: "auto" | "webgpu" | "wasm" | "cpu"): Promise<DeviceReport>;
  /** @param texts of the encoder that will read the corpus: its tokenizer makes the token ids */
  loadCorpus(
    request: CorpusRequest,
    texts: EncoderTexts,
    onProgress: (progress: RunProgress) => void,
  ): Promise<LoadedCorpus>;
  readonly nowMs: () => number; // for perf/ points only
  readonly versions: Readonly<Record<string, string>>;
}

/** The hand on the lever. */
export interface RunControl {
  /** Asked before each training step; resolves when it may run: at once, or after a pause ends. */
  trainGate(): Promise<void>;
  /** Asked between blocks of an evaluation, to let messages in. */
  gate(): Promise<void>;
  readonly stopped: boolean;
  /** While true, losses are read before the gate, so that nothing of a paused run stays unseen. */
  readonly paused: boolean;
}

export type RunEvent =
  | { readonly type: "device"; readonly device: DeviceReport }
  | { readonly type: "progress"; readonly progress: RunProgress }
  | { readonly type: "points"; readonly points: readonly Point[] }
  | { readonly type: "matrix"; readonly step: number; readonly matrix: RunRecord["final"]["matrix"] }
  | { readonly type: "batch"; readonly batch: Batch }
  | { readonly type: "notice"; readonly message: string }
  /** Once, before `finished`: what the record's final numbers are means of. Absent for more than MAX_KEPT_QUERIES. */
  | { readonly type: "queryValues"; readonly values: QueryValues }
  | { readonly type: "finished"; readonly reason: "completed" | "stopped"; readonly record: RunRecord };
