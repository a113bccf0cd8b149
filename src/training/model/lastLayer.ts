// How long the gradient of the last layer is that all kinds of batches share: what GradNorm evens out. Changes nothing.
import * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../engine/kernel.ts";
import { SQUARE_PARTS, sumOfSquares } from "../kernels/sums.ts";
import { DENSE_WEIGHT, TOKEN_WEIGHTS, WORD_EMBEDDINGS, type EncoderConfig } from "./encoderConfig.ts";
import type { Gradients } from "./parameters.ts";

/** From the vectors back: the layer after pooling, the last transformer layer's output, the piece vectors, their weights. */
const layersOf = ({ layers }: EncoderConfig): readonly string[] => [
  DENSE_WEIGHT,
  ...(layers > 0 ? [`encoder.layer.${layers - 1}.output.dense.weight`] : []),
  WORD_EMBEDDINGS,
  TOKEN_WEIGHTS,
];

/**
 * (SQUARE_PARTS) sums of squares of the gradient of the last one of these that trains; undefined where none does.
 * @param count rows with a gradient, of a table that trains by rows
 */
export function lastLayerSquares(
  config: EncoderConfig,
  gradients: Gradients,
  count: number,
): tf.Tensor | undefined {
  const name = layersOf(config).find((layer) => gradients.wants(layer));
  if (name === undefined) return undefined;
  const byRow = gradients.get(name);
  const x = byRow ?? gradients.place(name);
  const size = byRow
    ? (byRow.size / byRow.shape[0]) * count
    : x.shape.reduce((elements, length) => elements * length, 1);
  const parts = tf.tensor1d(new Float32Array(SQUARE_PARTS));
  runKernel(sumOfSquares, { x, parts }, {}, { size, first: 0 });
  return parts;
}
