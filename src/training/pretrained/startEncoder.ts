// What a run starts from: an encoder's tokenizer, prefixes and weights. Random weights are made here; checkpoints are
// opened by openEncoder.ts.
import { type RunProgress } from "../../core/run/progress.ts";
import type { Random } from "../../core/random.ts";
import { type ModelWeights, initWeights } from "../model/weights.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import type { EncoderTexts, Prefixes } from "../text/encoderTexts.ts";

/** What a run starts from. */
export interface StartEncoder {
  readonly texts: EncoderTexts;
  /** Those the encoder was trained with; null where it was trained with none. */
  readonly prefixes: Prefixes | null;
  readonly longest: number; // tokens of a text it can read, special ones included; Infinity for any
  /** What a person should know of how it is read, and which fields of the spec it leaves no room for. */
  notes(spec: ExperimentSpec["encoder"]): readonly string[];
  /** Settings of the model once it holds `vocabSize` pieces. */
  config(spec: ExperimentSpec["encoder"], vocabSize: number): EncoderConfig;
  /**
   * The weights with only these pieces' rows.
   * @param pieceIds (V) ids in the tokenizer, ascending
   * @param longestText tokens of the longest text it will read; Infinity where one is cut, or nobody knows
   * @throws DataError in one sentence if a file is not as it should be
   */
  load(
    spec: ExperimentSpec["encoder"],
    pieceIds: Int32Array,
    random: Random,
    onProgress: (progress: RunProgress) => void,
    longestText?: number,
  ): Promise<LoadedEncoder>;
  /** As `load`, where that keeps what it gives: these are the caller's alone. */
  loadOwn?: StartEncoder["load"];
}

export interface LoadedEncoder {
  readonly weights: ModelWeights;
  /** Makes them again from less than they take themselves, where that can be: `weights` are then the caller’s alone. */
  readonly again?: () => ModelWeights;
  readonly sha256: string; // stands for tokenizer and weights in run records
  readonly notice?: string; // where older labs read the same files otherwise
}

/** Where encoders come from: the part of a run's ports that opens them. */
export interface EncoderPort {
  /** The encoder of an id, its weights not yet read. @throws SpecError, DataError */
  openEncoder(id: string, onProgress: (progress: RunProgress) => void): Promise<StartEncoder>;
}

/** The paper's (METHOD 1). */
const PAPER_PREFIXES: Prefixes = { query: "Query: ", passage: "Passage: " };
const NO_PREFIXES: Prefixes = { query: "", passage: "" };

/** The encoder's own prefixes where it has some; else the paper's if the spec asks for them. */
export function prefixesOf(
  spec: ExperimentSpec["encoder"],
  encoder: Pick<StartEncoder, "prefixes">,
): Prefixes {
  return encoder.prefixes ?? (spec.prefixes ? PAPER_PREFIXES : NO_PREFIXES);
}

/** Weights drawn from the run's seed, with the lab's own tokenizer. */
export function randomEncoder(texts: EncoderTexts): StartEncoder {
  const config = (spec: ExperimentSpec["encoder"], vocabSize: number): EncoderConfig => {
    const { width, layers, pooling, tokenWeights, maxTokens, frozen } = spec;
    let heads = Math.max(1, Math.floor(width / 32));
    while (width % heads !== 0) heads--;
    const sizes = { vocabSize, width, layers, heads, feedForward: 4 * width, maxTokens };
    return { ...sizes, pooling, tokenWeights, frozen };
  };
  return {
    texts,
    prefixes: null,
    longest: Infinity,
    notes: () => [],
    config,
    load(spec, pieceIds, random) {
      const { logProbs, sha256 } = texts.tokenizer;
      const options = { pieceIds, logProbs, random: random.fork("init") };
      return Promise.resolve({ weights: initWeights(config(spec, pieceIds.length), options), sha256 });
    },
  };
}
