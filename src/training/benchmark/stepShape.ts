// The shapes of training steps that are measured: their invented weights and batches, and the work they contain.
import { createRandom } from "../../core/random.ts";
import type { EncoderConfig } from "../model/encoderConfig.ts";
import type { StepOptions } from "../model/model.ts";
import type { TrainBatch } from "../model/trainBatch.ts";
import { initWeights, type ModelWeights } from "../model/weights.ts";

export interface StepShape {
  readonly layers: number;
  readonly width: number; // D
  readonly feedForward: number; // F
  readonly heads: number;
  readonly pairs: number; // B
  readonly length: number; // T, tokens of every text
  readonly vocabSize: number; // V
}

export const SMALL: StepShape = {
  layers: 2,
  width: 128,
  feedForward: 512,
  heads: 4,
  pairs: 64,
  length: 24,
  vocabSize: 8192,
};

/** Clipping off, as the lab's presets have it. */
export const STEP_OPTIONS: StepOptions = {
  learningRate: 1e-3,
  temperature: 0.05,
  weightDecay: 0.01,
  clipNorm: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
};

/** "2 x 128, 64 pairs x 24 tokens" */
export function nameShape({ layers, width, pairs, length }: StepShape): string {
  return `${layers} x ${width}, ${pairs} pairs x ${length} tokens`;
}

export function inventWeights({
  layers,
  width,
  feedForward,
  heads,
  length,
  vocabSize,
}: StepShape): ModelWeights {
  const config: EncoderConfig = {
    vocabSize,
    width,
    layers,
    heads,
    feedForward,
    maxTokens: length,
    pooling: "mean",
    tokenWeights: "inverseFrequency",
    frozen: "nothing",
  };
  return initWeights(config, {
    pieceIds: Int32Array.from({ length: vocabSize }, (_, i) => i),
    logProbs: Float32Array.from({ length: vocabSize }, (_, i) => -Math.log(i + 2)), // Zipf's law, roughly
    random: createRandom(1),
  });
}

/**
 * Every text has `length` tokens, so that no side computes padding another leaves out; with `ragged` from 1 to `length`.
 * Token ids are uniform: about 2,600 distinct in 3,072 of 8,192, more than real texts have.
 */
export function inventBatch(
  { pairs, length, vocabSize }: StepShape,
  seed: number,
  ragged = false,
): TrainBatch {
  const random = createRandom(seed).fork("bench");
  const side = () => {
    const offsets = new Int32Array(pairs + 1);
    for (let i = 0; i < pairs; i++) offsets[i + 1] = offsets[i]! + (ragged ? 1 + random.int(length) : length);
    return { offsets, tokens: Int32Array.from({ length: offsets[pairs]! }, () => random.int(vocabSize)) };
  };
  const negatives = Uint8Array.from({ length: pairs * pairs }, (_, i) => (i % (pairs + 1) === 0 ? 0 : 1));
  return { queries: side(), passages: side(), k: 1, negatives, rowWeights: new Float32Array(pairs).fill(1) };
}

/**
 * Floating point operations of the matrix products in one step, forward and backward (twice the forward):
 *
 *   3 * (n L (2 (4 D^2 + 2 D F) + 4 T D) + 2 B^2 D),  n = 2 B T tokens
 *
 * per token and layer: q, k, v and output 4 D^2, feed-forward 2 D F, scores and weighted sum 2 T D multiply-adds.
 */
export function stepFlops({ layers, width: D, feedForward: F, pairs: B, length: T }: StepShape): number {
  const n = 2 * B * T;
  return 3 * (n * layers * (2 * (4 * D * D + 2 * D * F) + 4 * T * D) + 2 * B * B * D);
}

/** Mean of a step's row losses: what it minimises, row weights being 1. */
export function meanLoss(losses: Float32Array): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
