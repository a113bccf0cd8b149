// The checks every backend's kernels must pass: gradients by central differences. Meanings are in kernelMeanings.ts.
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { f32, i32, normals, read, weighted } from "./kernelInputs.ts";
import { attentionKernels } from "../../training/kernels/attention.ts";
import { contrastive } from "../../training/kernels/contrastive.ts";
import {
  layerNormBackward,
  layerNormForward,
  layerNormParamGradient,
  unitBackward,
  unitForward,
} from "../../training/kernels/norms.ts";
import { poolBackward, poolForward, POOL_MODES } from "../../training/kernels/pooling.ts";
import { segmentSum } from "../../training/kernels/sums.ts";
import { biasGelu, embedForward, geluBackward, positionGradient } from "../../training/kernels/tokens.ts";
import { runKernel } from "../../training/engine/kernel.ts";
import { gradientError, GRADIENT_TOLERANCE } from "./gradCheck.ts";

export function kernelSuite(): void {
  describe("gradients by central differences", () => {
    const check = async (
      x: Float32Array,
      forward: (x: tf.Tensor) => tf.Tensor,
      backward: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
      shape: number[],
    ) => {
      const sample = tf.tidy(() => forward(f32(x, ...shape)).shape);
      const size = sample.reduce((a, b) => a * b, 1);
      const c = normals("c", size);
      const analytic = await read(tf.tidy(() => backward(f32(c, ...sample), f32(x, ...shape))));
      return gradientError((moved) => weighted(() => forward(f32(moved, ...shape)), c), x, analytic);
    };

    it("L2 normalisation", async () => {
      const sizes = { rows: 3, width: 5 };
      const forward = (x: tf.Tensor) => runKernel(unitForward, { x }, { y: [3, 5], norms: [3] }, sizes);
      const error = await check(
        normals("unit", 15),
        (x) => forward(x).y,
        (dy, x) => runKernel(unitBackward, { dy, ...forward(x) }, { dx: [3, 5] }, sizes).dx,
        [3, 5],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it.each([1, 2])("layer norm of x + bias + residual, gradient in %i parts", async (parts) => {
      const [rows, width] = [4, 6];
      const given = {
        x: normals("ln x", rows * width),
        bias: normals("ln bias", width),
        residual: normals("ln residual", rows * width),
        gamma: normals("ln gamma", width),
        beta: normals("ln beta", width),
      };
      const forward = (moved: Partial<typeof given>) => {
        const all = { ...given, ...moved };
        return runKernel(
          layerNormForward,
          {
            x: f32(all.x),
            bias: f32(all.bias),
            residual: f32(all.residual),
            gamma: f32(all.gamma),
            beta: f32(all.beta),
          },
          { y: [rows, width], unit: [rows, width], inverse: [rows] },
          { rows, width, joined: 1, epsilon: 1e-12 },
        );
      };
      const c = normals("ln c", rows * width);
      const grads = tf.tidy(() => {
        const { unit, inverse } = forward({});
        const sizes = { rows, width, twice: parts - 1 };
        const half = f32(
          c.map((value) => value / parts),
          rows,
          width,
        );
        const back = { dy: half, extra: half, unit };
        const gamma = f32(given.gamma);
        const { ds } = runKernel(
          layerNormBackward,
          { ...back, gamma, inverse },
          { ds: [rows, width] },
          sizes,
        );
        const shapes = { dGamma: [width], dBeta: [width], dBias: [width] };
        const { dGamma, dBeta, dBias } = runKernel(layerNormParamGradient, { ...back, ds }, shapes, sizes);
        return { x: ds, residual: ds.clone(), bias: dBias, gamma: dGamma, beta: dBeta };
      });
      for (const key of ["x", "residual", "bias", "gamma", "beta"] as const) {
        const analytic = await read(grads[key]);
        const objective = (x: Float32Array) => weighted(() => forward({ [key]: x }).y, c);
        expect(await gradientError(objective, given[key], analytic), key).toBeLessThan(GRADIENT_TOLERANCE);
      }
    });

    it("GELU: slope is the derivative", async () => {
      const bias = normals("gelu bias", 4);
      const forward = (x: tf.Tensor) =>
        runKernel(biasGelu, { x, bias: f32(bias) }, { y: [5, 4], slope: [5, 4] }, { rows: 5, width: 4 });
      const error = await check(
        normals("gelu", 20),
        (x) => forward(x).y,
        (dy, x) => tf.mul(dy, forward(x).slope),
        [5, 4],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("GELU with its bias, in one pass back", async () => {
      const [rows, width] = [40, 20]; // more rows than lanes share, a ragged last group of columns
      const x = normals("gelu x", rows * width);
      const bias = normals("gelu b", width);
      const c = normals("gelu c", rows * width);
      const forward = (moved: Float32Array, b: Float32Array) =>
        runKernel(
          biasGelu,
          { x: f32(moved), bias: f32(b) },
          { y: [rows, width], slope: [rows, width] },
          { rows, width },
        );
      const [dx, dBias] = tf.tidy(() => {
        const { slope } = forward(x, bias);
        const back = runKernel(geluBackward, { dy: f32(c), slope }, { dBias: [width] }, { rows, width });
        return [slope, back.dBias];
      });
      const [byX, byBias] = [await read(dx), await read(dBias)];
      const ofBias = (b: Float32Array) => weighted(() => forward(x, b).y, c);
      const ofX = (moved: Float32Array) => weighted(() => forward(moved, bias).y, c);
      expect(await gradientError(ofBias, bias, byBias)).toBeLessThan(GRADIENT_TOLERANCE);
      const coordinates = [0, 1, 19, 20, 399, 799];
      expect(await gradientError(ofX, x, byX, { coordinates })).toBeLessThan(GRADIENT_TOLERANCE);
    });

    // Two texts of three and two tokens, then one place of filling.
    const PACKED = { starts: [0, 3, 5], owners: [0, 0, 0, 1, 1, -1] };

    // Heads of 6 do not fill their last group of four.
    it.each([2, 6])("attention: two texts, filling and two heads of %i dimensions", async (size) => {
      const [rows, places, length, width, heads] = [2, 6, 3, 2 * size, 2];
      const sizes = { rows, places, length, width, heads };
      const bias = normals("attention bias", 3 * width);
      const kernels = attentionKernels(size);
      const where = () => ({ starts: i32(PACKED.starts), owners: i32(PACKED.owners) });
      const given = (qkv: tf.Tensor) => ({ qkv, bias: f32(bias), ...where() });
      const forward = (qkv: tf.Tensor) =>
        runKernel(kernels.forward, given(qkv), { out: [places, width], lse: [places, heads] }, sizes);
      const x = normals("attention", places * 3 * width);
      const error = await check(
        x,
        (qkv) => forward(qkv).out,
        (dOut, qkv) => {
          const back = { dOut, ...forward(qkv), ...given(qkv) };
          return runKernel(kernels.backward, back, { dQkv: [places, 3 * width] }, sizes).dQkv;
        },
        [places, 3 * width],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
    });

    it("pooling of hidden states, and its token weights", async () => {
      const [rows, places, width] = [2, 6, 4];
      const mode = POOL_MODES.weighted;
      const weights = normals("pool weights", 3);
      const tokens = () => ({ ids: i32([1, 0, 2, 2, 2, 0]), starts: i32(PACKED.starts) });
      const source = normals("pool", places * width);
      const forward = (x: tf.Tensor, w = weights) =>
        runKernel(
          poolForward,
          { source: x, weights: f32(w), ...tokens() },
          { pooled: [rows, width] },
          { rows, width, mode, indirect: 0 },
        ).pooled;
      const back = (dPooled: tf.Tensor, x: tf.Tensor) =>
        runKernel(
          poolBackward,
          { source: x, weights: f32(weights), ...tokens(), owners: i32(PACKED.owners), dPooled },
          { dSource: [places, width], dWeight: [places] },
          { places, width, mode },
        );
      const error = await check(
        source,
        (x) => forward(x),
        (dy, x) => back(dy, x).dSource,
        [places, width],
      );
      expect(error).toBeLessThan(GRADIENT_TOLERANCE);
      const c = normals("pool c", rows * width);
      const dWeight = await read(tf.tidy(() => back(f32(c, rows, width), f32(source)).dWeight));
      // token 0 at place 1, token 1 at 0, token 2 at 2, 3 and 4; place 5 is filling
      const byToken = Float32Array.of(dWeight[1]!, dWeight[0]!, dWeight[2]! + dWeight[3]! + dWeight[4]!);
      const objective = (w: Float32Array) => weighted(() => forward(f32(source), w), c);
      expect(await gradientError(objective, weights, byToken)).toBeLessThan(GRADIENT_TOLERANCE);
      expect(dWeight[5]).toBe(0);
    });

    it("embedding rows by segments, positions by column", async () => {
      const [places, width] = [6, 2];
      const tokens = () => ({
        ids: i32([1, 0, 1, 1, 2, 0]),
        starts: i32(PACKED.starts),
        owners: i32(PACKED.owners),
      });
      const [table, positions] = [normals("table", 6), normals("positions", 8)];
      const forward = (t: Float32Array, p: Float32Array) =>
        runKernel(
          embedForward,
          { table: f32(t), positions: f32(p), ...tokens() },
          { x: [places, width] },
          { places, width },
        ).x;
      const c = normals("embed c", 12);
      const grads = tf.tidy(() => {
        const total = tf.zeros([3, 2]);
        const where = { offsets: i32([0, 1, 4, 5]), positions: i32([1, 0, 2, 3, 4]) };
        runKernel(segmentSum, { source: f32(c), ...where, total }, {}, { segments: 3, width });
        const { dPositions } = runKernel(
          positionGradient,
          { dx: f32(c), starts: i32(PACKED.starts) },
          { dPositions: [4, 2] },
          { rows: 2, length: 4, width },
        );
        return [total, dPositions];
      });
      const ofTable = (t: Float32Array) => weighted(() => forward(t, positions), c);
      const ofPositions = (p: Float32Array) => weighted(() => forward(table, p), c);
      const dPositions = await read(grads[1]!);
      expect(await gradientError(ofTable, table, await read(grads[0]!))).toBeLessThan(GRADIENT_TOLERANCE);
      expect(await gradientError(ofPositions, positions, dPositions)).toBeLessThan(GRADIENT_TOLERANCE);
      expect(Array.from(dPositions.slice(6))).toEqual([0, 0]); // no text has a fourth token
    });

    it.each([1, 2])("contrastive loss, k = %i", async (k) => {
      const [rows, columns] = [3, 3 * k];
      const negatives = Array.from({ length: rows * columns }, (_, at) => {
        const [i, j] = [Math.floor(at / columns), at % columns];
        return Math.floor(j / k) === i || (i === 0 && j === columns - 1) ? 0 : 1; // one more passage left out
      });
      const rowWeights = [0.5, 2, 1];
      const cosines = normals("cosines", rows * columns);
      const forward = (x: Float32Array, temperature: number) =>
        runKernel(
          contrastive,
          { cosines: f32(x), negatives: i32(negatives), rowWeights: f32(rowWeights) },
          { losses: [rows], dCosines: [rows, columns] },
          { rows, columns, k, temperature },
        );
      const analytic = await read(tf.tidy(() => forward(cosines, 0.5).dCosines));
      const scale = Float32Array.from(rowWeights, (w) => w / rows);
      const objective = (x: Float32Array) => weighted(() => forward(x, 0.5).losses, scale);
      expect(await gradientError(objective, cosines, analytic)).toBeLessThan(GRADIENT_TOLERANCE);
      // the same check notices a gradient that is 1 % off
      const planted = analytic.map((value) => value * 1.01);
      expect(await gradientError(objective, cosines, planted)).toBeGreaterThan(GRADIENT_TOLERANCE);
    });
  });
}
