// One AdamW update of all parameters from a step's gradients, with clipping by their global norm. Computes no gradient.
import * as tf from "@tensorflow/tfjs-core";
import { runKernel } from "../engine/kernel.ts";
import { adamwDense, adamwRows, type AdamNumbers } from "../kernels/adamw.ts";
import { clipScale, SQUARE_PARTS, sumOfSquares } from "../kernels/sums.ts";
import type { Gradients, Parameters } from "./parameters.ts";

export interface UpdateOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly clipNorm: number; // global L2 norm of all gradients; 0 = off
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * One launch for all dense parameters and one for each table trained by rows; with clipping one more for each of these,
 * and one for the scale.
 *
 * @param unique (>= count) the rows of the tables that have gradients
 * @param step this update's number, from 1
 */
export function updateParameters(
  parameters: Parameters,
  gradients: Gradients,
  { unique, count }: { readonly unique: tf.Tensor; readonly count: number },
  options: UpdateOptions,
  step: number,
): void {
  const { clipNorm, beta1, beta2, epsilon, learningRate, weightDecay } = options;
  const tables = [...parameters.values()].flatMap(({ spec, value, m, v }) => {
    const g = gradients.get(spec.name);
    if (!spec.byRow || !m || !v || !g) return [];
    const width = spec.shape.slice(1).reduce((a, b) => a * b, 1);
    return [{ x: value, m, v, g, width, decay: spec.decays ? weightDecay : 0 }];
  });
  const { dense } = parameters;
  const scale = clipNorm > 0 ? scaleOf() : tf.tensor1d([1]);

  /** (1) what clipping multiplies every gradient with. */
  function scaleOf(): tf.Tensor {
    const all = tables.map(({ g, width }) => ({ x: g, size: count * width }));
    if (dense) all.push({ x: dense.gradient, size: dense.gradient.size });
    const parts = tf.tensor1d(new Float32Array(all.length * SQUARE_PARTS));
    all.forEach(({ x, size }, i) =>
      runKernel(sumOfSquares, { x, parts }, {}, { size, first: i * SQUARE_PARTS }),
    );
    return runKernel(clipScale, { parts }, { scale: [1] }, { count: parts.size, clipNorm }).scale;
  }

  const numbers: AdamNumbers = {
    rate: learningRate,
    decay: weightDecay,
    beta1,
    beta2,
    epsilon,
    correction1: 1 - beta1 ** step,
    correction2: 1 - beta2 ** step,
  };
  for (const { width, decay, ...table } of tables) {
    runKernel(adamwRows, { ...table, ids: unique, scale }, {}, { ...numbers, decay, count, width });
  }
  if (dense) {
    const { value: x, m, v, gradient: g, decaying } = dense;
    runKernel(adamwDense, { x, m, v, g, scale }, {}, { ...numbers, size: g.size, decaying });
  }
}
