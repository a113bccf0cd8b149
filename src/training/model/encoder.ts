// Texts to unit vectors and gradients back: embedding, layers, pooling, L2. The only file that knows all the stages.
import * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../engine/kernel.ts";
import { layerNormBackward, layerNormForward, layerNormParamGradient } from "../kernels/norms.ts";
import { unitBackward, unitForward } from "../kernels/norms.ts";
import { bagGradient, poolBackward, poolForward, POOL_MODES } from "../kernels/pooling.ts";
import { segmentSum } from "../kernels/sums.ts";
import { embedForward, positionGradient } from "../kernels/tokens.ts";
import { hasTokenWeights, type EncoderConfig } from "./encoderConfig.ts";
import { POSITION_EMBEDDINGS, TOKEN_WEIGHTS, WORD_EMBEDDINGS } from "./parameterSpecs.ts";
import type { Gradients, Parameters } from "./parameters.ts";
import type { TokenBlock, TokenIndex } from "./tokenBlock.ts";
import { layerForward, LAYER_NORM_EPSILON } from "./transformerLayer.ts";

/** Vectors (rows, D) and the way back. Tensors belong to the surrounding tidy. */
export interface Encoded {
  readonly vectors: tf.Tensor;
  /** Adds this block's share to `gradients`, given the gradient of `vectors`. */
  backward(dVectors: tf.Tensor, occurrences: TokenIndex["occurrences"][number], count: number): void;
}

export function encodeBlock(
  config: EncoderConfig,
  parameters: Parameters,
  block: TokenBlock,
  gradients?: Gradients,
): Encoded {
  return config.layers === 0
    ? encodeBag(config, parameters, block, gradients)
    : encodeLayers(config, parameters, block, gradients);
}

/** Bag of pieces: the weighted sum reads the embedding table directly, no hidden states are made. */
function encodeBag(
  config: EncoderConfig,
  parameters: Parameters,
  block: TokenBlock,
  gradients?: Gradients,
): Encoded {
  const table = parameters.get(WORD_EMBEDDINGS)!.value;
  const { rows, length } = block;
  const width = config.width;
  const tokens = uploadBlock(block);
  const { pooled } = runKernel(
    poolForward,
    { source: table, weights: parameters.get(TOKEN_WEIGHTS)?.value ?? table, ...tokens },
    { pooled: [rows, width] },
    { rows, length, width, mode: poolMode(config), indirect: 1 },
  );
  const { y, norms } = runKernel(unitForward, { x: pooled }, unitShapes(rows, width), { rows, width });
  return {
    vectors: y,
    backward(dVectors, occurrences, count) {
      const { dx } = runKernel(
        unitBackward,
        { dy: dVectors, y, norms },
        { dx: [rows, width] },
        { rows, width },
      );
      // Sums of text gradients per token; `finishGradients` turns them into those of rows and token weights.
      const { tensor: total, accumulate } = gradients!.target(WORD_EMBEDDINGS);
      const texts = occurrences.positions.map((position) => Math.floor(position / length));
      const where = uploadOccurrences(occurrences.offsets, texts);
      runKernel(segmentSum, { source: dx, ...where, total }, {}, { segments: count, width, accumulate });
    },
  };
}

/** What is left to do once, after every block's backward: only a bag has something. */
export function finishGradients(
  config: EncoderConfig,
  parameters: Parameters,
  gradients: Gradients,
  unique: tf.Tensor,
  count: number,
): void {
  if (config.layers > 0) return;
  const table = parameters.get(WORD_EMBEDDINGS)!.value;
  const weighted = hasTokenWeights(config);
  const sum = gradients.target(WORD_EMBEDDINGS).tensor;
  const dWeight = weighted ? gradients.target(TOKEN_WEIGHTS).tensor : tf.zeros([unique.size]);
  const weights = weighted ? parameters.get(TOKEN_WEIGHTS)!.value : table;
  const mode = poolMode(config);
  runKernel(
    bagGradient,
    { table, weights, ids: unique, sum, dWeight },
    {},
    { count, width: config.width, mode },
  );
}

function encodeLayers(
  config: EncoderConfig,
  parameters: Parameters,
  block: TokenBlock,
  gradients?: Gradients,
): Encoded {
  const value = (name: string) => parameters.get(name)!.value;
  const { rows, length } = block;
  const width = config.width;
  const n = rows * length;
  const tokens = uploadBlock(block);
  const { x } = runKernel(
    embedForward,
    { table: value(WORD_EMBEDDINGS), positions: value(POSITION_EMBEDDINGS), ...tokens },
    { x: [n, width] },
    { rows, length, width },
  );
  const norm = "embeddings.LayerNorm";
  const gamma = value(`${norm}.weight`);
  const beta = value(`${norm}.bias`);
  const start = runKernel(
    layerNormForward,
    { x, bias: beta, residual: x, gamma, beta },
    { y: [n, width], unit: [n, width], inverse: [n] },
    { rows: n, width, joined: 0, epsilon: LAYER_NORM_EPSILON },
  );
  let hidden = start.y;
  const layers = Array.from({ length: config.layers }, (_, i) => {
    const layer = layerForward(
      config,
      parameters,
      i,
      hidden,
      { rows, length, lengths: tokens.lengths },
      gradients,
    );
    hidden = layer.output;
    return layer;
  });
  const mode = poolMode(config);
  const weights = parameters.get(TOKEN_WEIGHTS)?.value ?? beta;
  const { pooled } = runKernel(
    poolForward,
    { source: hidden, weights, ...tokens },
    { pooled: [rows, width] },
    { rows, length, width, mode, indirect: 0 },
  );
  const { y, norms } = runKernel(unitForward, { x: pooled }, unitShapes(rows, width), { rows, width });
  return {
    vectors: y,
    backward(dVectors, occurrences, count) {
      const { dx: dPooled } = runKernel(
        unitBackward,
        { dy: dVectors, y, norms },
        { dx: [rows, width] },
        { rows, width },
      );
      const { dSource, dWeight } = runKernel(
        poolBackward,
        { source: hidden, weights, ...tokens, dPooled },
        { dSource: [n, width], dWeight: [n] },
        { rows, length, width, mode },
      );
      const where = uploadOccurrences(occurrences.offsets, occurrences.positions);
      const sumByToken = (name: string, source: tf.Tensor, size: number) => {
        if (!gradients!.wants(name)) return;
        const { tensor: total, accumulate } = gradients!.target(name);
        runKernel(segmentSum, { source, ...where, total }, {}, { segments: count, width: size, accumulate });
      };
      sumByToken(TOKEN_WEIGHTS, dWeight, 1);
      let dHidden = dSource;
      for (const layer of layers.toReversed()) dHidden = layer.backward(dHidden);
      if (!gradients!.wants(WORD_EMBEDDINGS)) return;
      const { tensor: dGamma, accumulate } = gradients!.target(`${norm}.weight`);
      const dBeta = gradients!.target(`${norm}.bias`).tensor;
      runKernel(
        layerNormParamGradient,
        { dy: dHidden, unit: start.unit, dGamma, dBeta },
        {},
        { rows: n, width, accumulate },
      );
      const { ds } = runKernel(
        layerNormBackward,
        { dy: dHidden, unit: start.unit, gamma, inverse: start.inverse },
        { ds: [n, width] },
        { rows: n, width },
      );
      const dPositions = gradients!.sum(POSITION_EMBEDDINGS);
      runKernel(
        positionGradient,
        { dx: ds, lengths: tokens.lengths, dPositions },
        {},
        { rows, length, width },
      );
      sumByToken(WORD_EMBEDDINGS, ds, width);
    },
  };
}

function poolMode(config: EncoderConfig): number {
  if (config.pooling === "cls") return POOL_MODES.first;
  return hasTokenWeights(config) ? POOL_MODES.weighted : POOL_MODES.uniform;
}

function unitShapes(rows: number, width: number) {
  return { y: [rows, width], norms: [rows] };
}

function uploadBlock({ ids, lengths }: TokenBlock): { ids: tf.Tensor; lengths: tf.Tensor } {
  return { ids: tf.tensor1d(ids, "int32"), lengths: tf.tensor1d(lengths, "int32") };
}

function uploadOccurrences(offsets: Int32Array, positions: Int32Array) {
  return { offsets: tf.tensor1d(offsets, "int32"), positions: tf.tensor1d(positions, "int32") };
}
