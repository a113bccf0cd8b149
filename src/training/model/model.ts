// An encoder in training: one step, encoding, reading weights out. Draws nothing at random and keeps no data.
import * as tf from "@tensorflow/tfjs-core";
import type { TokenRows } from "../../core/data/corpus.ts";
import { arraysOf, hasArrays } from "../engine/arrays.ts";
import { contrastive } from "../kernels/contrastive.ts";
import { emptyTensor, runKernel } from "../engine/kernel.ts";
import { product, productInto } from "../engine/matmul.ts";
import { isSlice, rowsBetween, type Operand } from "../engine/operand.ts";
import { encodeBlock } from "./encoder.ts";
import { checkEncoderConfig, vectorWidth, type EncoderConfig } from "./encoderConfig.ts";
import { encodeRows } from "./encodeRows.ts";
import { disposeParameters, downloadParameters, Gradients, uploadParameters } from "./parameters.ts";
import { indexTokens, packTexts } from "./tokenBlock.ts";
import { distilScores, distilVectors } from "./teacher.ts";
import { checkBatch, type TrainBatch } from "./trainBatch.ts";
import { updateParameters, type UpdateOptions } from "./update.ts";
import type { Checkpoint, ModelWeights } from "./weights.ts";

export type { TrainBatch } from "./trainBatch.ts";

export interface StepOptions extends UpdateOptions {
  readonly temperature: number; // > 0, dimensionless
}

export interface StepHandle {
  /** (B) loss of each row, unweighted, in nats. The device is read here and only here, once. */
  losses(): Promise<Float32Array>;
  /** (B) distillation loss of each row, unweighted; undefined without a teacher. Comes with the same read. */
  distillation(): Promise<Float32Array | undefined>;
}

export interface Model {
  readonly config: EncoderConfig;
  /**
   * One AdamW update from sum_i rowWeights[i] * loss_i / B, mixed with the teacher's part if there is one. Returns
   * before a GPU is done.
   */
  trainStep(batch: TrainBatch, options: StepOptions): StepHandle;
  /** (n, D) unit vectors in the order given; texts of equal tokens get equal bits, a text of none gets zeros. */
  encode(texts: TokenRows, signal?: AbortSignal): Promise<Float32Array>;
  weights(): Promise<ModelWeights>;
  checkpoint(): Promise<Checkpoint>;
  dispose(): void;
}

/** Steps whose losses may wait unread on a GPU; older ones are let go. */
const UNREAD_STEPS = 512;

/**
 * A model on the active backend.
 *
 * @param start a checkpoint goes on with its moments and step count; weights begin without
 */
export function createModel(start: ModelWeights | Checkpoint): Model {
  const checkpoint = "steps" in start ? start : undefined;
  const weights = "steps" in start ? start.weights : start;
  const { config } = weights;
  checkEncoderConfig(config);
  const parameters = uploadParameters(weights, checkpoint);
  const slots = new Int32Array(config.vocabSize);
  const unread = new Set<tf.Tensor>();
  let steps = checkpoint?.steps ?? 0;

  function step(batch: TrainBatch, options: StepOptions): tf.Tensor {
    const rows = batch.queries.offsets.length - 1; // B
    const columns = rows * batch.k;
    const bucketed = !hasArrays();
    const all = (texts: TokenRows, count: number) => ({
      texts,
      rows: Int32Array.from({ length: count }, (_, i) => i),
    });
    const sides = [all(batch.queries, rows), all(batch.passages, columns)];
    const block = packTexts(sides, rows + columns, { ...config, bucketed });
    const index = indexTokens(block, slots, bucketed);
    const gradients = new Gradients(parameters);
    const { vectors, backward } = encodeBlock(config, parameters, block, gradients);
    const queries = rowsBetween(vectors, 0, rows);
    const passages = rowsBetween(vectors, rows, rows + columns);
    const { teacher } = batch;
    const cosines = product(queries, passages, false, true);
    const share = 1 - (teacher?.weight ?? 0);
    const { losses, dCosines } = runKernel(
      contrastive,
      {
        cosines,
        negatives: tf.tensor1d(Int32Array.from(batch.negatives), "int32"),
        rowWeights: tf.tensor1d(batch.rowWeights.map((weight) => share * weight)),
      },
      { losses: [teacher ? 2 * rows : rows], dCosines: [rows, columns] },
      { rows, columns, k: batch.k, temperature: options.temperature },
    );
    if (teacher?.kind === "scores") distilScores(teacher, { cosines, dCosines, losses });
    const dVectors = stackedProducts(dCosines, passages, queries);
    if (teacher && teacher.kind !== "scores") distilVectors(teacher, { vectors, dVectors, losses });
    const unique = tf.tensor1d(index.unique, "int32");
    backward(dVectors, index, unique);
    steps++;
    updateParameters(parameters, gradients, { unique, count: index.count }, options, steps);
    return losses;
  }

  return {
    config,
    trainStep(batch, options) {
      checkBatch(batch, options.temperature, vectorWidth(config));
      const losses = tf.tidy(() => step(batch, options));
      let reading: Promise<Float32Array> | undefined;
      if (hasArrays()) {
        const values = (arraysOf([losses])[0] as Float32Array).slice();
        losses.dispose();
        reading = Promise.resolve(values);
      } else {
        unread.add(losses);
        for (const old of unread) {
          if (unread.size <= UNREAD_STEPS) break;
          unread.delete(old);
          old.dispose();
        }
      }
      const rows = batch.rowWeights.length;
      const taught = batch.teacher !== undefined; // the handle outlives the batch
      const read = () => (reading ??= readOnce(losses, unread));
      return {
        losses: async () => (await read()).subarray(0, rows),
        distillation: async () => (taught ? (await read()).subarray(rows) : undefined),
      };
    },
    encode: (texts, signal) => encodeRows(config, parameters, texts, signal),
    async weights() {
      return { config, tensors: await downloadParameters(parameters, "value") };
    },
    async checkpoint() {
      const [tensors, firstMoments, secondMoments] = [
        await downloadParameters(parameters, "value"),
        await downloadParameters(parameters, "m"),
        await downloadParameters(parameters, "v"),
      ];
      return { weights: { config, tensors }, firstMoments, secondMoments, steps };
    },
    dispose() {
      disposeParameters(parameters);
      for (const tensor of unread) tensor.dispose();
      unread.clear();
    },
  };
}

/** dCosines times passages above dCosines^T times queries: (B + B * k, D), in place where slices can be bound. */
function stackedProducts(dCosines: tf.Tensor, passages: Operand, queries: Operand): tf.Tensor {
  const [rows, columns] = dCosines.shape as [number, number];
  const all = emptyTensor([rows + columns, passages.shape[1]!]);
  const [above, below] = [rowsBetween(all, 0, rows), rowsBetween(all, rows, rows + columns)];
  if (!isSlice(above) || !isSlice(below)) {
    return tf.concat([product(dCosines, passages), product(dCosines, queries, true)], 0);
  }
  productInto(above, dCosines, passages);
  productInto(below, dCosines, queries, true);
  return all;
}

async function readOnce(losses: tf.Tensor, unread: Set<tf.Tensor>): Promise<Float32Array> {
  if (!unread.delete(losses)) {
    throw new Error(
      `The losses of this step are gone: read them within ${UNREAD_STEPS} steps and before dispose()`,
    );
  }
  const values = (await losses.data()) as Float32Array;
  losses.dispose();
  return values;
}
