// A bag of pieces in training towards a teacher's vectors, from a step to the last. Reads no data of its own.
import type { BagRecipe } from "../../core/distill/vectorRecipe.ts";
import { createModel, type Model, type StepOptions, type TargetBatch } from "../model/model.ts";
import { WORD_EMBEDDINGS, type EncoderConfig } from "../model/encoderConfig.ts";
import type { Checkpoint, ModelWeights } from "../model/weights.ts";
import type { TargetBatches } from "./targetBatches.ts";

export const ADAM: Omit<StepOptions, "temperature" | "learningRate"> = {
  weightDecay: 0,
  clipNorm: 0,
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
};

export interface BagStep {
  readonly step: number; // taken so far
  readonly batch: TargetBatch;
  readonly learningRate: number;
  readonly loss: number; // mean over texts of 1 - cosine, plus contrast times the InfoNCE
  readonly model: Model; // alive until the generator ends
}

export function bagConfig(vocabSize: number, width: number, maxTokens: number): EncoderConfig {
  return {
    vocabSize,
    width,
    layers: 0,
    heads: 1,
    feedForward: 1,
    maxTokens,
    pooling: "mean",
    tokenWeights: "uniform", // a row's length is its weight
    frozen: "nothing",
  };
}

export function bagWeights(config: EncoderConfig, rows: Float32Array): ModelWeights {
  const shape = [config.vocabSize, config.width];
  return { config, tensors: { [WORD_EMBEDDINGS]: { shape, data: rows } } };
}

/** Share of the full rate at a step that has not been taken yet: rises over `warmUp` steps, falls to 0 at the last. */
export function bagRate({ steps, warmUp }: Pick<BagRecipe, "steps" | "warmUp">, step: number): number {
  return Math.min(1, (step + 1) / warmUp) * Math.max(0, 1 - step / steps);
}

/**
 * Adam with betas .9 and .99, only on rows that stand in the batch (kernels/adamw.ts). Batch s
 * depends on s alone, so training that goes on from a checkpoint ends with the bits of one that never stopped.
 *
 * @param rowLength mean length of the start's rows: the recipe's rate is a share of it
 */
export async function* trainBag(
  recipe: BagRecipe,
  batches: TargetBatches,
  start: ModelWeights | Checkpoint, // a checkpoint goes on from its step
  rowLength: number,
): AsyncGenerator<BagStep> {
  const { contrast, temperature, steps } = recipe;
  const model = createModel(start);
  try {
    const first = "steps" in start ? start.steps : 0;
    for (let step = first; step < steps; step++) {
      const batch = { ...batches.at(step), contrast };
      const learningRate = recipe.learningRate * rowLength * bagRate(recipe, step);
      const handle = model.trainTowards(batch, { ...ADAM, temperature, learningRate });
      const [far, lost] = [await handle.distillation(), await handle.losses()];
      const loss = mean(far!) + contrast * mean(lost);
      yield { step: step + 1, batch, learningRate, loss, model };
    }
  } finally {
    model.dispose();
  }
}

const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
