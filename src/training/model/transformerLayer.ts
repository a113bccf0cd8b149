// One BERT layer (post-LN), forward and backward, from plain products and the engine's kernels: the reference path.
// A fused layer may take its place wherever `layerForward` is called, if it agrees within the stated tolerance.
import * as tf from "@tensorflow/tfjs-core";
import { attentionBackwardKeys, attentionBackwardQueries, attentionForward } from "../kernels/attention.ts";
import { runKernel } from "../engine/kernel.ts";
import { product } from "../engine/matmul.ts";
import { layerNormBackward, layerNormForward, layerNormParamGradient } from "../kernels/norms.ts";
import { columnSums } from "../kernels/sums.ts";
import { biasGelu } from "../kernels/tokens.ts";
import { layerName, normEpsilon, type EncoderConfig } from "./encoderConfig.ts";
import type { Gradients, Parameters } from "./parameters.ts";

export interface LayerPass {
  readonly output: tf.Tensor; // (n, D)
  /** Gradient of the layer's input from that of its output; its parameters' gradients go to `gradients`. */
  backward(dOutput: tf.Tensor): tf.Tensor;
}

/**
 * a = LN(input + Wo attention(Wqkv input));  output = LN(a + W2 gelu(W1 a)). Devlin et al. 2019.
 * Filling carries values, but nothing live reads them and their gradients are zero.
 */
export function layerForward(
  config: EncoderConfig,
  parameters: Parameters,
  index: number,
  input: tf.Tensor, // (n, D)
  block: { rows: number; length: number; starts: tf.Tensor; owners: tf.Tensor },
  gradients?: Gradients,
): LayerPass {
  const at = layerName(index);
  const value = (name: string) => parameters.get(`${at}.${name}`)!.value;
  const { rows, length, starts, owners } = block;
  const { width, heads, feedForward } = config;
  const n = input.shape[0];
  const sizes = { rows, places: n, length, width, heads };

  const qkv = product(input, value("attention.self.qkv.weight"), false, true); // (n, 3D)
  const bias = value("attention.self.qkv.bias");
  const { out: attended, probs } = runKernel(
    attentionForward,
    { qkv, bias, starts, owners },
    { out: [n, width], probs: [rows, heads, length, length] },
    sizes,
  );
  const projected = product(attended, value("attention.output.dense.weight"), false, true);
  const middle = joinNorm(projected, input, "attention.output");
  const inner = product(middle.y, value("intermediate.dense.weight"), false, true); // (n, F)
  const { y: active, slope } = runKernel(
    biasGelu,
    { x: inner, bias: value("intermediate.dense.bias") },
    { y: [n, feedForward], slope: [n, feedForward] },
    { rows: n, width: feedForward },
  );
  const outer = product(active, value("output.dense.weight"), false, true);
  const end = joinNorm(outer, middle.y, "output");

  function joinNorm(x: tf.Tensor, residual: tf.Tensor, name: string) {
    return runKernel(
      layerNormForward,
      {
        x,
        bias: value(`${name}.dense.bias`),
        residual,
        gamma: value(`${name}.LayerNorm.weight`),
        beta: value(`${name}.LayerNorm.bias`),
      },
      { y: [n, width], unit: [n, width], inverse: [n] },
      { rows: n, width, joined: 1, epsilon: normEpsilon(config) },
    );
  }

  /** Back through LN(x + bias + residual): the gradient all three share. */
  function normBackward(
    dy: tf.Tensor,
    norm: { unit: tf.Tensor; inverse: tf.Tensor },
    name: string,
  ): tf.Tensor {
    const { unit, inverse } = norm;
    const grads = runKernel(
      layerNormParamGradient,
      { dy, unit },
      { dGamma: [width], dBeta: [width] },
      { rows: n, width },
    );
    gradients!.set(`${at}.${name}.weight`, grads.dGamma);
    gradients!.set(`${at}.${name}.bias`, grads.dBeta);
    const gamma = value(`${name}.weight`);
    return runKernel(layerNormBackward, { dy, unit, gamma, inverse }, { ds: [n, width] }, { rows: n, width })
      .ds;
  }

  /** Back through x W^T + b: sets dW and db, returns dx. dy (n, out). */
  function linearBackward(dy: tf.Tensor, x: tf.Tensor, name: string): tf.Tensor {
    const weight = value(`${name}.weight`);
    const outputs = weight.shape[0];
    const { sums } = runKernel(columnSums, { x: dy }, { sums: [outputs] }, { rows: n, width: outputs });
    gradients!.set(`${at}.${name}.weight`, product(dy, x, true));
    gradients!.set(`${at}.${name}.bias`, sums);
    return product(dy, weight);
  }

  return {
    output: end.y,
    backward(dOutput) {
      const dEnd = normBackward(dOutput, end, "output.LayerNorm");
      const dActive = linearBackward(dEnd, active, "output.dense");
      const dInner = tf.mul(dActive, slope);
      const dMiddle = tf.add(linearBackward(dInner, middle.y, "intermediate.dense"), dEnd);
      const dJoined = normBackward(dMiddle, middle, "attention.output.LayerNorm");
      const dOut = linearBackward(dJoined, attended, "attention.output.dense");
      const saved = { dOut, qkv, bias, probs, starts, owners };
      const { dScores, dQkv } = runKernel(
        attentionBackwardQueries,
        saved,
        { dScores: [rows, heads, length, length], dQkv: [n, 3 * width] },
        sizes,
      );
      runKernel(attentionBackwardKeys, { ...saved, dScores, dQkv }, {}, sizes);
      return tf.add(linearBackward(dQkv, input, "attention.self.qkv"), dJoined);
    },
  };
}
