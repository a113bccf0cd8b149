// Texts to unit vectors and gradients back: embedding, layers, pooling, L2. The only file that knows all the stages.
import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, runKernel } from "../engine/kernel.ts";
import type { Operand, TensorSlice } from "../engine/operand.ts";
import { maxPoolBackward, maxPoolForward } from "../kernels/maxPooling.ts";
import { layerNormForward } from "../kernels/norms.ts";
import { bagGradient, poolBackward, poolForward, POOL_MODES } from "../kernels/pooling.ts";
import { segmentSum } from "../kernels/sums.ts";
import { embedForward, positionGradient } from "../kernels/tokens.ts";
import {
  hasTokenWeights,
  normEpsilon,
  POSITION_EMBEDDINGS,
  TOKEN_WEIGHTS,
  WORD_EMBEDDINGS,
  type EncoderConfig,
} from "./encoderConfig.ts";
import type { Gradients, Parameters } from "./parameters.ts";
import type { TokenBlock, TokenIndex } from "./tokenBlock.ts";
import { textHead } from "./textHead.ts";
import { backThroughNorm, layerForward, type GradientParts, type LayerPass } from "./transformerLayer.ts";

/** Vectors (rows, D) and the way back. Tensors belong to the surrounding tidy. */
export interface Encoded {
  readonly vectors: tf.Tensor;
  /** Sets every parameter's gradient, given that of `vectors`. */
  readonly backward: (dVectors: tf.Tensor, index: TokenIndex, unique: tf.Tensor) => void;
}

/** @param gradients where `backward` puts them; left out when only encoding */
export function encodeBlock(
  config: EncoderConfig,
  parameters: Parameters,
  block: TokenBlock,
  gradients?: Gradients,
): Encoded {
  const tokens = {
    ids: tf.tensor1d(block.ids, "int32"),
    starts: tf.tensor1d(block.starts, "int32"),
    owners: tf.tensor1d(block.owners, "int32"),
  };
  const stage = config.layers === 0 ? poolTable : poolHidden;
  const { pooled, backward } = stage(config, parameters, block, tokens, gradients);
  const head = textHead(config, parameters, pooled, tokens.starts, gradients);
  return {
    vectors: head.vectors,
    backward: (dVectors, index, unique) => backward(head.backward(dVectors), index, unique),
  };
}

type Tokens = Record<"ids" | "starts" | "owners", tf.Tensor>;

interface Pooled {
  readonly pooled: tf.Tensor; // (rows, D), not yet of unit length
  readonly backward: (dPooled: tf.Tensor, index: TokenIndex, unique: tf.Tensor) => void;
}

/** Bag of pieces: the weighted sum reads the embedding table directly, no hidden states are made. */
function poolTable(
  config: EncoderConfig,
  parameters: Parameters,
  { rows, owners }: TokenBlock,
  { ids, starts }: Tokens,
  gradients?: Gradients,
): Pooled {
  const { width } = config;
  const table = parameters.get(WORD_EMBEDDINGS)!.value;
  const weights = parameters.get(TOKEN_WEIGHTS)?.value ?? table; // not read where there are none
  const mode = poolMode(config);
  const { pooled } = runKernel(
    poolForward,
    { source: table, weights, ids, starts },
    { pooled: [rows, width] },
    { rows, width, mode, indirect: 1 },
  );
  return {
    pooled,
    backward(dPooled, index, unique) {
      const texts = index.places.map((place) => owners[place]!); // a token sums the gradients of its texts
      const sum = sumByToken(dPooled, { ...index, places: texts }, width);
      const dWeight = emptyTensor([unique.size]);
      const given = { table, weights, ids: unique, sum, dWeight };
      runKernel(bagGradient, given, {}, { count: index.count, width, mode });
      gradients!.set(WORD_EMBEDDINGS, sum);
      if (hasTokenWeights(config)) gradients!.set(TOKEN_WEIGHTS, dWeight);
    },
  };
}

/** Transformer: embeddings with positions and LayerNorm, the layers, then the weighted sum of hidden states. */
function poolHidden(
  config: EncoderConfig,
  parameters: Parameters,
  { rows, length }: TokenBlock,
  tokens: Tokens,
  gradients?: Gradients,
): Pooled {
  const value = (name: string) => parameters.get(name)!.value;
  const { width } = config;
  const { ids, starts, owners } = tokens;
  const places = ids.size; // n
  const { x } = runKernel(
    embedForward,
    { table: value(WORD_EMBEDDINGS), positions: value(POSITION_EMBEDDINGS), ...tokens },
    { x: [places, width] },
    { places, width },
  );
  const norm = "embeddings.LayerNorm";
  const gamma = value(`${norm}.weight`);
  const beta = value(`${norm}.bias`);
  const start = runKernel(
    layerNormForward,
    { x, bias: beta, residual: x, gamma, beta },
    { y: [places, width], unit: [places, width], inverse: [places] },
    { rows: places, width, joined: 0, epsilon: normEpsilon(config) },
  );
  x.dispose();
  if (!gradients) tf.dispose([start.unit, start.inverse]);
  let hidden = start.y;
  const layers: LayerPass[] = [];
  for (let i = 0; i < config.layers; i++) {
    const forward = () =>
      layerForward(config, parameters, i, hidden, { rows, length, starts, owners }, gradients);
    if (gradients) {
      const layer = forward();
      layers.push(layer);
      hidden = layer.output;
    } else {
      // No way back: of what a layer makes only its output is needed.
      const output = tf.tidy(() => forward().output);
      hidden.dispose();
      hidden = output;
    }
  }
  const pool = config.pooling === "max" ? poolByMax : poolBySum;
  const weights = parameters.get(TOKEN_WEIGHTS)?.value ?? beta; // not read where there are none
  const { pooled, backward } = pool(config, hidden, weights, rows, tokens);
  return {
    pooled,
    backward(dPooled, index) {
      const { dSource, dWeight } = backward(dPooled);
      if (dWeight && gradients!.wants(TOKEN_WEIGHTS)) {
        gradients!.set(TOKEN_WEIGHTS, sumByToken(dWeight, index, 1));
      }
      let dHidden: GradientParts = { dy: dSource };
      for (const layer of layers.toReversed()) dHidden = layer.backward(dHidden);
      if (!gradients!.wants(WORD_EMBEDDINGS)) return; // positions and their LayerNorm are frozen with it
      const unused: TensorSlice = { tensor: emptyTensor([width]), offset: 0, shape: [width] }; // no bias in front
      const ds = backThroughNorm(dHidden, start, gamma, {
        dGamma: gradients!.place(`${norm}.weight`),
        dBeta: gradients!.place(`${norm}.bias`),
        dBias: unused,
      });
      runKernel(
        positionGradient,
        { dx: ds, starts },
        { dPositions: gradients!.place(POSITION_EMBEDDINGS) },
        { rows, length: config.maxTokens, width },
      );
      gradients!.set(WORD_EMBEDDINGS, sumByToken(ds, index, width));
    },
  };
}

interface HiddenPool {
  readonly pooled: tf.Tensor; // (rows, D)
  backward(dPooled: tf.Tensor): { readonly dSource: tf.Tensor; readonly dWeight?: tf.Tensor };
}

function poolBySum(
  config: EncoderConfig,
  source: tf.Tensor,
  weights: Operand,
  rows: number,
  tokens: Tokens,
): HiddenPool {
  const { width } = config;
  const { ids, starts } = tokens;
  const places = ids.size;
  const mode = poolMode(config);
  const sizes = { rows, width, mode, indirect: 0 };
  const { pooled } = runKernel(
    poolForward,
    { source, weights, ids, starts },
    { pooled: [rows, width] },
    sizes,
  );
  return {
    pooled,
    backward: (dPooled) =>
      runKernel(
        poolBackward,
        { source, weights, ...tokens, dPooled },
        { dSource: [places, width], dWeight: [places] },
        { places, width, mode },
      ),
  };
}

function poolByMax(
  { width }: EncoderConfig,
  source: tf.Tensor,
  _weights: Operand,
  rows: number,
  { ids, starts }: Tokens,
): HiddenPool {
  const places = ids.size;
  const { pooled } = runKernel(
    maxPoolForward,
    { source, starts },
    { pooled: [rows, width] },
    { rows, width },
  );
  return {
    pooled,
    backward: (dPooled) =>
      runKernel(
        maxPoolBackward,
        { source, starts, dPooled },
        { dSource: [places, width] },
        { rows, places, width },
      ),
  };
}

/** (unique, size) sums of the rows of `source` that belong to one token; rows past index.count are undefined. */
function sumByToken(
  source: tf.Tensor,
  { unique, count, offsets, places }: TokenIndex,
  size: number,
): tf.Tensor {
  const total = emptyTensor([unique.length, size]);
  const where = { offsets: tf.tensor1d(offsets, "int32"), positions: tf.tensor1d(places, "int32") };
  runKernel(segmentSum, { source, ...where, total }, {}, { segments: count, width: size });
  return total;
}

function poolMode(config: EncoderConfig): number {
  if (config.pooling === "cls") return POOL_MODES.first;
  return hasTokenWeights(config) ? POOL_MODES.weighted : POOL_MODES.uniform;
}
