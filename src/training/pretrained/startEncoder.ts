// What a run starts from: an encoder's tokenizer, prefixes and weights. Random weights are made here; checkpoints are
// opened by training/checkpoint.
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import { initWeights } from "../model/weights.ts";
import type { EncoderTexts, Prefixes, StartEncoder } from "../run/runPorts.ts";

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
    config,
    load(spec, pieceIds, random) {
      const { logProbs, sha256 } = texts.tokenizer;
      const options = { pieceIds, logProbs, random: random.fork("init") };
      return Promise.resolve({ weights: initWeights(config(spec, pieceIds.length), options), sha256 });
    },
  };
}
