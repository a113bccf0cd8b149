// The weights a run starts from, by the spec's encoder id. Checkpoints from files will join `random` here.
import type { Random } from "../../core/random.ts";
import { SpecError } from "../../core/spec/parseSpec.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import { initWeights, type ModelWeights } from "../model/weights.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import type { Vocabulary } from "./vocabulary.ts";

export const ENCODER_IDS: readonly string[] = ["random"];

/** @throws SpecError if the encoder is unknown */
export function checkEncoder(id: string): void {
  if (!ENCODER_IDS.includes(id)) {
    throw new SpecError(
      `encoder.id: "${id}" is not an encoder of this lab; it has ${ENCODER_IDS.join(", ")}`,
    );
  }
}

export function encoderConfig(spec: ExperimentSpec, vocabSize: number): EncoderConfig {
  const { width, layers, pooling, tokenWeights, maxTokens, frozen } = spec.encoder;
  let heads = Math.max(1, Math.floor(width / 32));
  while (width % heads !== 0) heads--;
  return {
    vocabSize,
    width,
    layers,
    heads,
    feedForward: 4 * width,
    maxTokens,
    pooling,
    tokenWeights,
    frozen,
  };
}

/** @param random the run's generator; weights use its `init` fork only */
export function startWeights(
  spec: ExperimentSpec,
  vocabulary: Vocabulary,
  tokenizer: Tokenizer,
  random: Random,
): ModelWeights {
  checkEncoder(spec.encoder.id);
  return initWeights(encoderConfig(spec, vocabulary.pieceIds.length), {
    pieceIds: vocabulary.pieceIds,
    logProbs: tokenizer.logProbs,
    random: random.fork("init"),
  });
}
