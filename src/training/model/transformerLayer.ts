// One BERT layer (post-LN), forward and backward, from plain products and the engine's kernels: the reference path.
// A fused layer may take its place wherever `layerForward` is called, if it agrees within the stated tolerance.
import * as tf from "@tensorflow/tfjs-core";
import { attentionKernels } from "../kernels/attention.ts";
import { runKernel } from "../engine/kernel.ts";
import { product, productInto } from "../engine/matmul.ts";
import type { Operand, TensorSlice } from "../engine/operand.ts";
import { layerNormBackward, layerNormForward, layerNormParamGradient } from "../kernels/norms.ts";
import { columnSums } from "../kernels/sums.ts";
import { biasGelu, geluBackward } from "../kernels/tokens.ts";
import { layerName, normEpsilon, type EncoderConfig } from "./encoderConfig.ts";
import type { Gradients, Parameters } from "./parameters.ts";

/** A gradient in one part or two, whose sum the next kernel takes instead of a launch of its own. */
export interface GradientParts {
  readonly dy: tf.Tensor;
  readonly extra?: tf.Tensor;
}

export interface LayerPass {
  readonly output: tf.Tensor; // (n, D)
  /**
   * Gradient of the layer's input from that of its output; its parameters' gradients go to `gradients`. Called once:
   * what it is given and what the layer has made, output included, is gone after it.
   */
  backward(dOutput: GradientParts): GradientParts;
}

/**
 * a = LN(input + Wo attention(Wqkv input));  output = LN(a + W2 gelu(W1 a)). Devlin et al. 2019.
 * Filling carries values, but nothing live reads them and their gradients are zero. Each tensor goes when nothing needs it any
 * more: they are most of what a step holds.
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
  const spare = (...made: tf.Tensor[]) => void (gradients ?? tf.dispose(made)); // needed on the way back alone

  const qkv = product(input, value("attention.self.qkv.weight"), false, true); // (n, 3D)
  const bias = value("attention.self.qkv.bias");
  const attention = attentionKernels(width / heads);
  const attentionInput = { qkv, bias, starts, owners };
  const attended = runKernel(attention.forward, attentionInput, { out: [n, width], lse: [n, heads] }, sizes);
  spare(qkv, attended.lse);
  const projected = product(attended.out, value("attention.output.dense.weight"), false, true);
  spare(attended.out);
  const middle = joinNorm(projected, input, "attention.output");
  projected.dispose();
  spare(middle.unit, middle.inverse);
  const inner = product(middle.y, value("intermediate.dense.weight"), false, true); // (n, F)
  const bent = activate();
  spare(inner);
  bent.slope.dispose();
  const outer = product(bent.y, value("output.dense.weight"), false, true);
  bent.y.dispose();
  const end = joinNorm(outer, middle.y, "output");
  outer.dispose();

  /** GELU of the inner states. The way back does it again: its output and slope are twice what it needs for that. */
  function activate() {
    const shape = [n, feedForward];
    return runKernel(
      biasGelu,
      { x: inner, bias: value("intermediate.dense.bias") },
      { y: shape, slope: shape },
      { rows: n, width: feedForward },
    );
  }

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
    given: GradientParts,
    norm: { unit: tf.Tensor; inverse: tf.Tensor },
    name: string,
  ): tf.Tensor {
    return backThroughNorm(given, norm, value(`${name}.LayerNorm.weight`), {
      dGamma: gradients!.place(`${at}.${name}.LayerNorm.weight`),
      dBeta: gradients!.place(`${at}.${name}.LayerNorm.bias`),
      dBias: gradients!.place(`${at}.${name}.dense.bias`),
    });
  }

  /** Back through x W^T: writes dW, returns dx. dy (n, out). */
  function linearBackward(dy: tf.Tensor, x: tf.Tensor, name: string): tf.Tensor {
    productInto(gradients!.place(`${at}.${name}.weight`), dy, x, true);
    return product(dy, value(`${name}.weight`));
  }

  return {
    output: end.y,
    backward(dOutput) {
      const dEnd = normBackward(dOutput, end, "output");
      tf.dispose([{ ...dOutput }, end]);
      const { y: active, slope } = activate();
      inner.dispose();
      const dActive = linearBackward(dEnd, active, "output.dense");
      active.dispose();
      const dBias = gradients!.place(`${at}.intermediate.dense.bias`);
      runKernel(geluBackward, { dy: dActive, slope }, { dBias }, { rows: n, width: feedForward });
      dActive.dispose();
      const dInner = slope; // in place
      const dMiddle = { dy: linearBackward(dInner, middle.y, "intermediate.dense"), extra: dEnd };
      dInner.dispose();
      const dJoined = normBackward(dMiddle, middle, "attention.output");
      tf.dispose([dMiddle, middle]);
      const dOut = linearBackward(dJoined, attended.out, "attention.output.dense");
      const { dQkv } = runKernel(
        attention.backward,
        { dOut, ...attended, ...attentionInput },
        { dQkv: [n, 3 * width] },
        sizes,
      );
      tf.dispose([dOut, attended, qkv]);
      const sums = gradients!.place(`${at}.attention.self.qkv.bias`);
      runKernel(columnSums, { x: dQkv }, { sums }, { rows: n, width: 3 * width });
      const dy = linearBackward(dQkv, input, "attention.self.qkv");
      dQkv.dispose();
      return { dy, extra: dJoined };
    },
  };
}

/** Back through a layer norm: writes its parameters' gradients and returns that of its joined input. */
export function backThroughNorm(
  { dy, extra }: GradientParts,
  { unit, inverse }: { readonly unit: tf.Tensor; readonly inverse: tf.Tensor },
  gamma: Operand,
  places: Record<"dGamma" | "dBeta" | "dBias", TensorSlice>,
): tf.Tensor {
  const [rows, width] = unit.shape as [number, number];
  const sizes = { rows, width, twice: extra ? 1 : 0 };
  const given = { dy, extra: extra ?? dy, unit };
  const { ds } = runKernel(layerNormBackward, { ...given, gamma, inverse }, { ds: [rows, width] }, sizes);
  runKernel(layerNormParamGradient, { ...given, ds }, places, sizes);
  return ds;
}
