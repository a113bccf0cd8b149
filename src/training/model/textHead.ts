// From a text's pooled hidden states to its unit vector: an optional dense layer, then L2. Forward and backward.
import type * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../engine/kernel.ts";
import { product, productInto } from "../engine/matmul.ts";
import { denseBackward, denseForward } from "../kernels/denseHead.ts";
import { unitBackward, unitForward } from "../kernels/norms.ts";
import { columnSums } from "../kernels/sums.ts";
import { DENSE_BIAS, DENSE_WEIGHT, vectorWidth, type EncoderConfig } from "./encoderConfig.ts";
import type { Gradients, Parameters } from "./parameters.ts";

export interface Headed {
  readonly vectors: tf.Tensor; // (rows, vectorWidth)
  /** Gradient of `pooled` from that of `vectors`; the dense layer's own goes to the gradients. */
  backward(dVectors: tf.Tensor): tf.Tensor;
}

/** @param pooled (rows, D) sums over tokens for a mean; @param starts (rows + 1) where each text's tokens begin */
export function textHead(
  config: EncoderConfig,
  parameters: Parameters,
  pooled: tf.Tensor,
  starts: tf.Tensor,
  gradients?: Gradients,
): Headed {
  const rows = pooled.shape[0];
  const dense = config.dense && denseLayer(config, parameters, pooled, starts, gradients);
  const sizes = { rows, width: vectorWidth(config) };
  const shape = [rows, sizes.width];
  const { y, norms } = runKernel(unitForward, { x: dense?.y ?? pooled }, { y: shape, norms: [rows] }, sizes);
  return {
    vectors: y,
    backward(dVectors) {
      const { dx } = runKernel(unitBackward, { dy: dVectors, y, norms }, { dx: shape }, sizes);
      return dense ? dense.backward(dx) : dx;
    },
  };
}

function denseLayer(
  config: EncoderConfig,
  parameters: Parameters,
  pooled: tf.Tensor,
  starts: tf.Tensor,
  gradients?: Gradients,
) {
  const { outputs, bias: biased, activation } = config.dense!;
  const rows = pooled.shape[0];
  const weight = parameters.get(DENSE_WEIGHT)!.value;
  const bias = parameters.get(DENSE_BIAS)?.value ?? pooled; // not read where there is none
  const shape = [rows, outputs];
  const averaged = config.pooling === "mean" ? 1 : 0;
  const sizes = { rows, width: outputs, averaged, tanh: activation === "tanh" ? 1 : 0 };
  const z = product(pooled, weight, false, true);
  const { y } = runKernel(
    denseForward,
    { z, bias, starts },
    { y: shape },
    { ...sizes, biased: biased ? 1 : 0 },
  );
  return {
    y,
    backward(dy: tf.Tensor): tf.Tensor {
      const { dSum, dz } = runKernel(denseBackward, { dy, y, starts }, { dSum: shape, dz: shape }, sizes);
      productInto(gradients!.place(DENSE_WEIGHT), dz, pooled, true);
      const sums = biased && gradients!.place(DENSE_BIAS);
      if (sums) runKernel(columnSums, { x: dSum }, { sums }, { rows, width: outputs });
      return product(dz, weight);
    },
  };
}
