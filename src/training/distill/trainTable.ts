// One stage of a distillation: a table of pieces in training, from a step to the next stop. Reads no data of its own.
import type { Checkpoint, ModelWeights } from "../model/weights.ts";
import type { DistillationKind, TeacherBatch } from "../model/teacher.ts";
import type { TrainBatch } from "../model/trainBatch.ts";
import { createModel, type Model } from "../model/model.ts";
import type { BatchPairs } from "./batchPairs.ts";
import type { TrainRecipe } from "../../core/distill/recipe.ts";

const WARM_UP_STEPS = 100;
/**
 * Of the score rows' KL: with 1 and equal temperatures, teacher's and own targets mix in proportion to the weight. Hinton's
 * temperature^2, 0.0025 here, would leave the teacher unheard beside the ranking loss.
 */
const SCORES_FACTOR = 1;

/** Who the student listens to, and how much. */
export interface Teaching {
  readonly model: Model;
  readonly kind: DistillationKind;
  readonly weight: number; // in [0, 1]
  readonly temperature: number;
}

export interface StageOptions {
  readonly recipe: TrainRecipe;
  readonly batches: BatchPairs;
  readonly start: ModelWeights | Checkpoint; // a checkpoint goes on from its step
  readonly teaching?: Teaching;
}

export interface StageStep {
  readonly step: number; // taken so far
  readonly loss: number; // nats, mean over rows
  readonly model: Model; // alive until the generator ends
}

/** Share of the full rate at a step that has not been taken yet: rises over the first 100, falls to 0 over the last share. */
export function rateShare({ steps, decay }: Pick<TrainRecipe, "steps" | "decay">, step: number): number {
  const rise = Math.min(1, (step + 1) / WARM_UP_STEPS);
  const left = steps - step;
  return rise * (decay > 0 ? Math.min(1, left / (decay * steps)) : 1);
}

/**
 * Trains up to `recipe.steps`, telling each step. Batch s depends on s alone, so a stage that goes on from a checkpoint
 * ends with the bits of one that never stopped.
 */
export async function* trainTable(options: StageOptions): AsyncGenerator<StageStep> {
  const { recipe, batches, start, teaching } = options;
  const model = createModel(start);
  try {
    const first = "steps" in start ? start.steps : 0;
    for (let step = first; step < recipe.steps; step++) {
      const vectors = teaching !== undefined && teaching.kind !== "scores";
      const batch = vectors
        ? batches.translations(step, recipe.batchSize)
        : batches.at(step, recipe.batchSize);
      const teacher = teaching && (await teach(teaching, batch));
      const handle = model.trainStep(
        { ...batch, ...(teacher && { teacher }) },
        {
          learningRate: recipe.learningRate * rateShare(recipe, step),
          temperature: recipe.temperature,
          weightDecay: 0,
          clipNorm: 0,
          beta1: 0.9,
          beta2: 0.99,
          epsilon: 1e-8,
        },
      );
      const losses = await handle.losses();
      yield { step: step + 1, loss: losses.reduce((a, b) => a + b, 0) / losses.length, model };
    }
  } finally {
    model.dispose();
  }
}

/**
 * Scores are taught on the batch as it is. Vectors as in Reimers & Gurevych 2020: the teacher's vector of the English
 * text is the target of that text and of its translation.
 */
async function teach(
  { model, kind, weight, temperature }: Teaching,
  batch: TrainBatch,
): Promise<TeacherBatch> {
  const { width } = model.config;
  const queries = await model.encode(batch.queries);
  const passages = kind === "scores" ? await model.encode(batch.passages) : queries;
  return { kind, weight, temperature, factor: SCORES_FACTOR, width, queries, passages };
}
