// A training step by tf.variableGrads and tf.train.adam: the baseline the engine's step is held against.
import * as tf from "@tensorflow/tfjs-core";
import type { TokenRows } from "../../src/core/data/corpus.ts";
import type { EncoderConfig } from "../../src/training/model/encoderConfig.ts";
import type { StepOptions } from "../../src/training/model/model.ts";
import type { TrainBatch } from "../../src/training/model/trainBatch.ts";
import type { ModelWeights } from "../../src/training/model/weights.ts";
import { encodePlain, plainLosses, type PaddedTexts } from "./plainEncoder.ts";
import { registerPlainGradients } from "./plainGradients.ts";

export interface PlainModel {
  /**
   * One AdamW step; resolves to the mean loss, read from the device. Every parameter has a dense gradient and a dense
   * update, the whole embedding table included: tfjs has no sparse ones.
   */
  trainStep(batch: TrainBatch, options: StepOptions): Promise<number>;
  dispose(): void;
}

/** @throws RangeError for k other than 1 or clipping: the baseline covers what is measured */
export function createPlainModel(weights: ModelWeights): PlainModel {
  registerPlainGradients();
  const { config } = weights;
  const variables = new Map(
    Object.entries(weights.tensors).map(([name, { shape, data }]) => {
      const start = tf.tensor(data.slice(), [...shape]);
      const variable = tf.variable(start, true); // a copy
      start.dispose();
      return [name, variable];
    }),
  );
  let adam: ReturnType<typeof tf.train.adam> | undefined;
  return {
    async trainStep(batch, options) {
      if (batch.k !== 1 || options.clipNorm !== 0) {
        throw new RangeError(
          `plain trainStep: needs k = 1 and clipNorm 0, got ${batch.k} and ${options.clipNorm}`,
        );
      }
      const { learningRate, beta1, beta2, epsilon, weightDecay, temperature } = options;
      adam ??= tf.train.adam(learningRate, beta1, beta2, epsilon);
      const optimizer = adam;
      const loss = tf.tidy(() => {
        const rows = batch.rowWeights.length;
        const texts = pad(config, [batch.queries, batch.passages]);
        const negatives = tf.tensor2d(Float32Array.from(batch.negatives), [rows, rows]);
        const rowWeights = tf.tensor1d(batch.rowWeights.slice());
        const { value, grads } = tf.variableGrads(() => {
          const vectors = encodePlain(config, variables, texts);
          const queries = tf.slice(vectors, [0, 0], [rows, -1]);
          const passages = tf.slice(vectors, [rows, 0], [rows, -1]);
          return tf.mean(tf.mul(plainLosses(queries, passages, negatives, temperature), rowWeights));
        }, [...variables.values()]);
        for (const variable of variables.values()) {
          if (variable.shape.length === 2) variable.assign(tf.mul(variable, 1 - learningRate * weightDecay));
        }
        optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
        return value;
      });
      const mean = (await loss.data())[0]!;
      loss.dispose();
      return mean;
    },
    dispose() {
      for (const variable of variables.values()) variable.dispose();
      adam?.dispose();
    },
  };
}

/** Both sides in one block, each text padded to the config's longest. */
function pad({ maxTokens: T }: EncoderConfig, sides: readonly TokenRows[]): PaddedTexts {
  const R = sides.reduce((sum, { offsets }) => sum + offsets.length - 1, 0);
  const ids = new Int32Array(R * T);
  const mask = new Float32Array(R * T);
  let row = 0;
  for (const { offsets, tokens } of sides) {
    for (let i = 0; i + 1 < offsets.length; i++, row++) {
      const text = tokens.subarray(offsets[i], offsets[i + 1]);
      ids.set(text, row * T);
      mask.fill(1, row * T, row * T + text.length);
    }
  }
  return { ids: tf.tensor2d(ids, [R, T], "int32"), mask: tf.tensor2d(mask, [R, T]) };
}
