// An encoder in training: one step, encoding, reading weights out. Draws nothing at random and keeps no data.
import * as tf from "@tensorflow/tfjs-core";
import type { TokenRows } from "../../core/data/corpus.ts";
import { arraysOf, hasArrays } from "../engine/arrays.ts";
import { checkpointTensors, partTensors } from "./checkpointTensors.ts";
import { encodeBlock } from "./encoder.ts";
import { checkEncoderConfig, vectorWidth, type EncoderConfig } from "./encoderConfig.ts";
import { encodeRows } from "./encodeRows.ts";
import {
  disposeParameters,
  downloadParameters,
  Gradients,
  lendParameters,
  uploadParameters,
} from "./parameters.ts";
import { pairLoss, type LossOf } from "./pairLoss.ts";
import { checkTargets, targetLoss, type TargetBatch } from "./targetLoss.ts";
import { indexTokens, packTexts, type Side } from "./tokenBlock.ts";
import { checkBatch, type TrainBatch } from "./trainBatch.ts";
import { lastLayerSquares } from "./lastLayer.ts";
import { updateParameters, type UpdateOptions } from "./update.ts";
import type { Checkpoint, LentTensor, ModelWeights, WeightTensor } from "./weights.ts";

export type { TargetBatch } from "./targetLoss.ts";
export type { TrainBatch } from "./trainBatch.ts";

export interface StepOptions extends UpdateOptions {
  readonly temperature: number; // > 0, dimensionless
  /** Whether `StepHandle.lastLayerNorm` is asked for: one launch more. */
  readonly lastLayerNorm?: boolean;
}

export interface StepHandle {
  /** (B) loss of each row, unweighted, in nats. The device is read here and only here, once. */
  losses(): Promise<Float32Array>;
  /** (B) distillation loss of each row, unweighted; undefined without a teacher. Comes with the same read. */
  distillation(): Promise<Float32Array | undefined>;
  /**
   * (<= SCORED_ROWS, B * k) cosines of the batch's first rows, as its loss saw them. Undefined of a step towards vectors,
   * and on a GPU once the next step is taken.
   */
  cosines(): Promise<Float32Array | undefined>;
  /** L2 norm of the last shared layer's gradient, before clipping; undefined where the step was not asked for it. */
  lastLayerNorm(): Promise<number | undefined>;
}

/** Rows of a batch whose cosines can be had after its step: for a person to look at. */
export const SCORED_ROWS = 32;
/** Cosines of a batch up to this many stay on a GPU whole until the next step (16 MiB): no launch for a copy. */
const KEPT_COSINES = 2 ** 22;

export interface Model {
  readonly config: EncoderConfig;
  /**
   * One AdamW update from sum_i rowWeights[i] * loss_i / B, mixed with the teacher's part if there is one. Returns
   * before a GPU is done.
   */
  trainStep(batch: TrainBatch, options: StepOptions): StepHandle;
  /** As `trainStep`, towards vectors that are given: losses are the contrast's, distillation is 1 - cosine. */
  trainTowards(batch: TargetBatch, options: StepOptions): StepHandle;
  /** (n, D) unit vectors in the order given; texts of equal tokens get equal bits, a text of none gets zeros; `told` how many are read, now and then. */
  encode(
    texts: TokenRows,
    signal?: Pick<AbortSignal, "throwIfAborted">,
    told?: (texts: number) => void,
  ): Promise<Float32Array>;
  weights(): Promise<ModelWeights>;
  checkpoint(): Promise<Checkpoint>;
  /** The checkpoint as `checkpointTensors` names it. Memory that is at hand is lent: good until the next step. */
  lend(): Promise<Readonly<Record<string, WeightTensor | LentTensor>>>;
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
  let scored: tf.Tensor | undefined; // of the last step, on a GPU
  let steps = checkpoint?.steps ?? 0;

  /**
   * One update from the texts' vectors, whose losses and gradient `loss` tells. Called in a tidy.
   * @param onGradients looks at the gradients before they are used
   */
  function update(
    sides: readonly Side[],
    options: UpdateOptions,
    loss: LossOf,
    onGradients?: (gradients: Gradients, count: number) => void,
  ): tf.Tensor {
    const rows = sides.reduce((sum, side) => sum + side.rows.length, 0);
    const bucketed = !hasArrays();
    const block = packTexts(sides, rows, { ...config, bucketed });
    const index = indexTokens(block, slots, bucketed);
    const gradients = new Gradients(parameters);
    const { vectors, backward } = encodeBlock(config, parameters, block, gradients);
    const { losses, dVectors } = loss(vectors);
    const unique = tf.tensor1d(index.unique, "int32");
    backward(dVectors, index, unique);
    onGradients?.(gradients, index.count);
    steps++;
    updateParameters(parameters, gradients, { unique, count: index.count }, options, steps);
    return losses;
  }

  /** Keeps what `StepHandle.cosines` reads: a copy where memory is at hand, else the tensor. Called in a tidy. */
  function keepCosines(cosines: tf.Tensor): StepHandle["cosines"] {
    const [rows, columns] = cosines.shape as [number, number];
    const first = Math.min(rows, SCORED_ROWS);
    if (hasArrays()) {
      const values = arraysOf([cosines])[0]!.slice(0, first * columns) as Float32Array;
      return () => Promise.resolve(values);
    }
    const own = (scored = tf.keep(
      cosines.size <= KEPT_COSINES ? cosines : tf.slice(cosines, [0, 0], [first, columns]),
    ));
    let reading: Promise<Float32Array | undefined> | undefined;
    const read = async () => {
      if (scored !== own) return undefined;
      scored = undefined; // the read lets go of it, not the next step
      const values = (await own.data()) as Float32Array;
      own.dispose();
      return values.subarray(0, first * columns);
    };
    return () => (reading ??= read());
  }

  function letGoOfCosines(): void {
    scored?.dispose();
    scored = undefined;
  }

  /** Reads a tensor of a step once, when asked; where memory is at hand it is copied now. */
  function readerOf(tensor: tf.Tensor): () => Promise<Float32Array> {
    if (hasArrays()) {
      const values = (arraysOf([tensor])[0] as Float32Array).slice();
      tensor.dispose();
      return () => Promise.resolve(values);
    }
    unread.add(tensor);
    for (const old of unread) {
      if (unread.size <= UNREAD_STEPS) break;
      unread.delete(old);
      old.dispose();
    }
    let reading: Promise<Float32Array> | undefined;
    return () => (reading ??= readOnce(tensor, unread));
  }

  function handleOf(
    losses: tf.Tensor,
    rows: number,
    taught: boolean,
    {
      cosines,
      squares,
    }: { cosines?: StepHandle["cosines"] | undefined; squares?: tf.Tensor | undefined } = {},
  ): StepHandle {
    const read = readerOf(losses);
    const readSquares = squares && readerOf(squares);
    return {
      losses: async () => (await read()).subarray(0, rows),
      distillation: async () => (taught ? (await read()).subarray(rows) : undefined),
      cosines: cosines ?? (() => Promise.resolve(undefined)),
      async lastLayerNorm() {
        return readSquares && Math.sqrt((await readSquares()).reduce((sum, square) => sum + square, 0));
      },
    };
  }

  return {
    config,
    trainStep(batch, options) {
      checkBatch(batch, options.temperature, vectorWidth(config));
      const rows = batch.rowWeights.length; // B
      const sides = [allOf(batch.queries), allOf(batch.passages)];
      let cosines: StepHandle["cosines"] | undefined;
      const loss = (vectors: tf.Tensor) => {
        const found = pairLoss(batch, vectors, options.temperature);
        cosines = keepCosines(found.cosines);
        return found;
      };
      letGoOfCosines();
      let squares: tf.Tensor | undefined;
      const look = (gradients: Gradients, count: number) => {
        squares = lastLayerSquares(config, gradients, count);
        if (squares) tf.keep(squares);
      };
      const losses = tf.tidy(() => update(sides, options, loss, options.lastLayerNorm ? look : undefined));
      return handleOf(losses, rows, batch.teacher !== undefined, { cosines, squares }); // the handle outlives the batch
    },
    trainTowards(batch, options) {
      checkTargets(batch, options.temperature, vectorWidth(config));
      const loss = (vectors: tf.Tensor) => targetLoss(batch, vectors, options.temperature);
      const losses = tf.tidy(() => update([allOf(batch.texts)], options, loss));
      return handleOf(losses, batch.texts.offsets.length - 1, true);
    },
    encode: (texts, signal, told) => encodeRows(config, parameters, texts, signal, told),
    async weights() {
      return { config, tensors: await downloadParameters(parameters, "value") };
    },
    async lend() {
      if (!hasArrays()) return checkpointTensors(await this.checkpoint());
      return partTensors({
        value: lendParameters(parameters, "value"),
        m: lendParameters(parameters, "m"),
        v: lendParameters(parameters, "v"),
      });
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
      letGoOfCosines();
    },
  };
}

function allOf(texts: TokenRows): Side {
  return { texts, rows: Int32Array.from({ length: texts.offsets.length - 1 }, (_, i) => i) };
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
